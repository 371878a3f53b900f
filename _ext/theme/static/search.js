// The search: a dialog on every page, and the page search.html. Library and index come when they are needed.
(() => {
"use strict";

const home = new URL("..", document.currentScript.src).href; // right on every page, and on one for lost readers
const EXAMPLES = "A word, a formula or a question: softmax Jacobian, p - y, sum or mean, NaN";
const GROUPS = 12;
const IN_GROUP = 4;
const AROUND = 150; // letters of a snippet
const WORD = /[\p{L}\p{N}]+/gu;
const SMALL = new Set("a an and are as at be by do does for from how in is it its of on or that the this to versus vs what when which with".split(" "));
// What a reader says, and what the book says.
const SAME = {
  mse: ["squared error"], l2: ["squared"], bce: ["binary cross entropy"], cce: ["categorical cross entropy"],
  nll: ["negative log likelihood", "likelihood"], lse: ["log sum exp"], logsumexp: ["log sum exp"], onehot: ["one hot"],
  gradient: ["slope", "jacobian"], gradients: ["slopes"], derivative: ["slope", "gradient", "jacobian"], kullback: ["KL"], logistic: ["sigmoid"],
  prediction: ["p"], backprop: ["back propagation"], backpropagation: ["back propagation"], underflow: ["overflow"], multilabel: ["multi label"],
  multiclass: ["categorical"], crossentropy: ["cross entropy"],
};
const KINDS = {
  question: "Question", derivation: "Derivation", refuted: "Refuted", theorem: "Theorem", definition: "Definition",
  exercise: "Exercise", function: "Python", term: "Term",
};
const WEIGHTS = { refuted: 0.5, exercise: 0.7, function: 0.8, term: 1.1, theorem: 1.2, question: 1.4 };

// One spelling of what may be written in several: a bold p, p_k and P are p, and − is no word.
const INDEX = /([\p{L}\p{N}_]+|∑)_(?:\([^)]*\)|[\p{L}\p{N}]+)/gu;
const plain = text => text.normalize("NFKC").toLowerCase();
const wordsOf = text => plain(text).replace(INDEX, (all, base) => (base.length === 1 ? base : all)).match(WORD) ?? [];
const told = words => words.filter(word => !SMALL.has(word));
const close = text => text.normalize("NFKC").replace(/−/g, "-").replace(/\s/g, "");

let loading;
function load() {
  const fetched = name => new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = `${home}_static/${name}`;
    script.onload = done;
    script.onerror = () => failed(new Error(`${name} cannot be read`));
    document.head.append(script);
  });
  loading ??= Promise.all(["minisearch.js", "search-index.js"].map(fetched)).then(prepare);
  return loading;
}

// The book, ready to be asked.
function prepare() {
  const { pages, entries } = globalThis.book;
  const all = entries.map(([page, kind, heading, anchor, text], id) => {
    const [title, address, part, isBeside] = pages[page];
    const to = `${home}${address}${anchor && `#${anchor}`}`;
    const words = { heading: told(wordsOf(heading)), text: told(wordsOf(text)) };
    const said = { heading: ` ${words.heading.join(" ")} `, text: ` ${words.text.join(" ")} ` };
    const weight = (isBeside ? 0.4 : 1) * (WEIGHTS[kind] ?? 1);
    return { id, page, kind, heading, text, title, part, to, words, said, weight };
  });
  const page = pages.map(([title, address]) => ({
    title: told(wordsOf(title)),
    name: wordsOf(address.replace(/^.*\/|\.html$/g, "")),
  }));
  const index = new MiniSearch({
    fields: ["heading", "name", "title", "text"],
    extractField: (entry, field) => (field === "id" ? entry.id : entry.words[field] ?? page[entry.page][field]),
    stringifyField: words => words, // they are words already
    tokenize: words => words,
    processTerm: word => word,
    searchOptions: { tokenize: wordsOf },
  });
  index.addAll(all);
  const known = new Map();
  for (const { words } of all) for (const word of [...words.heading, ...words.text]) known.set(word, (known.get(word) ?? 0) + 1);
  return query => ask(index, all, known, query);
}

// All that a query may mean: each word as it is, or as the book says it.
function readings(words) {
  let lines = [[]];
  for (const word of words) {
    const ways = [word, ...(SAME[word] ?? []).map(same => wordsOf(same).join(" "))];
    lines = lines.flatMap(line => ways.map(way => [...line, way])).slice(0, 24);
  }
  // “softmax Jacobian” is the Jacobian of the softmax.
  const turned = lines.filter(line => line.length === 2 && line.every(word => word.length > 1)).map(line => line.toReversed());
  return [...lines, ...turned].map(line => ` ${line.join(" ")} `);
}

// How much more an entry weighs in which the words stand as they were asked, one after another.
function asAsked({ said, heading }, phrases, typed) {
  const inHeading = phrases.some(phrase => said.heading.includes(phrase));
  const isHeading = phrases.includes(said.heading);
  const inText = phrases.some(phrase => said.text.includes(phrase));
  const exactly = close(heading).includes(typed) ? 1.25 : 1;
  const isLong = phrases[0].trim().split(" ").length > 2; // three words together are no accident
  return exactly * (isHeading ? 5 : inHeading ? 3 : !inText ? 1 : isLong ? 10 : 2.5);
}

// For a word that the book does not know, and none of whose words begins so: its own word that is
// nearest, with two letters that changed places, or else one letter missing, too many or another.
function mended(word, known) {
  if (known.has(word) || [...known.keys()].some(other => other.startsWith(word))) return word;
  const cuts = [...word].map((letter, i) => [word.slice(0, i), letter, word.slice(i + 1)]);
  const swapped = cuts.map(([before, letter, after]) => before + after.slice(0, 1) + letter + after.slice(1));
  const letters = [..."abcdefghijklmnopqrstuvwxyz"];
  const changed = cuts.flatMap(([before, letter, after]) => [
    before + after, ...letters.flatMap(x => [before + x + after, before + x + letter + after]),
  ]);
  const nearest = others => others.filter(x => known.has(x)).sort((a, b) => known.get(b) - known.get(a))[0];
  return nearest(swapped) ?? nearest(changed) ?? word;
}

function ask(index, all, known, query) {
  const spoken = wordsOf(query).map(word => (SMALL.has(word) || word.length < 5 ? word : mended(word, known)));
  const asked = told(spoken).length ? told(spoken) : spoken;
  if (!asked.length) return [];
  const phrases = readings(asked);
  const typed = close(query);
  const factors = new Map();
  const weigh = id => {
    if (!factors.has(id)) factors.set(id, all[id].weight * asAsked(all[id], phrases, typed));
    return factors.get(id);
  };
  const options = {
    boost: { heading: 4, name: 2, title: 1.5 },
    fuzzy: term => (term.length > 4 ? 0.2 : false),
    weights: { prefix: 0.5, fuzzy: 0.25 },
    boostDocument: weigh,
  };
  const exact = { combineWith: "AND", fuzzy: false, prefix: false };
  const queries = asked.map((word, i) => ({
    combineWith: "OR",
    prefix: word.length > (i === asked.length - 1 ? 1 : 3), // the last one may still be being typed
    queries: [word, ...(SAME[word] ?? []).map(same => ({ queries: [same], ...exact }))],
  }));
  const strictly = index.search({ combineWith: "AND", queries }, options);
  const found = strictly.length ? strictly : index.search({ combineWith: "OR", queries }, options);
  const hits = found.map(({ id, score, terms }) => ({ ...all[id], score, terms: new Set(terms) }));
  // With a slip of the keyboard in it, the phrase is what was found for it.
  for (const hit of hits) if (asked.length > 1 && together(hit) >= asked.length) hit.score *= 2;
  return hits.sort((a, b) => b.score - a.score);
}

// How many of the found words stand beside each other in a heading.
function together({ words, terms }) {
  let most = 0;
  let run = 0;
  for (const word of words.heading) most = Math.max(most, (run = terms.has(word) ? run + 1 : 0));
  return most;
}

function byPage(found) {
  const groups = new Map();
  for (const hit of found) {
    if (!groups.has(hit.page)) groups.set(hit.page, []);
    groups.get(hit.page).push(hit);
  }
  return [...groups.values()];
}

// What is shown. The text of a query or of the book is never read as markup.

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function marked(text, terms) {
  const parts = [];
  let end = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (!terms.has(plain(word))) continue;
    parts.push(text.slice(end, index), element("mark", {}, word));
    end = index + word.length;
  }
  return [...parts, text.slice(end)];
}

// Where most of the words stand together.
function snippet(text, terms) {
  const places = [...text.matchAll(WORD)].filter(({ 0: word }) => terms.has(plain(word)));
  const kinds = ({ index }) =>
    new Set(places.filter(x => x.index >= index && x.index < index + AROUND).map(x => plain(x[0]))).size;
  let best = places[0];
  for (const place of places.slice(0, 60)) if (kinds(place) > kinds(best)) best = place;
  const near = Math.max((best?.index ?? 0) - 40, 0);
  const start = near ? text.indexOf(" ", near) + 1 : 0;
  const cut = text.slice(start, start + AROUND);
  const whole = start + AROUND >= text.length;
  const shown = whole ? cut : cut.slice(0, cut.lastIndexOf(" "));
  return `${start ? "… " : ""}${shown}${whole ? "" : " …"}`;
}

function shownGroup(hits) {
  const [{ title, part }] = hits;
  const list = element("ul");
  for (const { kind, heading, text, terms, to } of hits.slice(0, IN_GROUP)) {
    const name = element("span", { class: "heading" }, ...marked(heading, terms));
    if (KINDS[kind]) name.append(" ", element("span", { class: "kind" }, KINDS[kind]));
    const link = element("a", { href: to }, name);
    if (text) link.append(element("span", { class: "snippet" }, ...marked(snippet(text, terms), terms)));
    list.append(element("li", {}, link));
  }
  if (hits.length > IN_GROUP) list.append(element("li", { class: "more" }, `and ${hits.length - IN_GROUP} more on this page`));
  const head = element("h2", {}, title);
  if (part) head.append(" ", element("small", {}, part));
  return element("section", {}, head, list);
}

// The field, the number of results and the results; in the dialog and on the page of the search.
function finder() {
  const field = element("input", {
    type: "search", name: "q", placeholder: "Search the book", "aria-label": "Search the book", autocomplete: "off",
    autocapitalize: "off", spellcheck: "false", enterkeyhint: "search",
  });
  const form = element("form", { role: "search", class: "asked" }, field);
  const count = element("p", { role: "status", class: "count" }, EXAMPLES);
  const results = element("div", { class: "found" });
  const links = () => [...results.querySelectorAll("a")];

  async function show() {
    const query = field.value;
    let found;
    try {
      found = (await load())(query);
    } catch (problem) {
      count.textContent = `The search does not work: ${problem.message}.`;
      return;
    }
    if (query !== field.value) return;
    const groups = byPage(found);
    results.replaceChildren(...groups.slice(0, GROUPS).map(shownGroup));
    results.scrollTop = 0;
    count.textContent = !wordsOf(query).length ? EXAMPLES : !found.length ? `Nothing found for “${query.trim()}”.`
      : `${found.length} ${found.length === 1 ? "place" : "places"} on ${groups.length} ${groups.length === 1 ? "page" : "pages"}`;
  }

  field.addEventListener("input", show);
  form.addEventListener("submit", async event => {
    event.preventDefault();
    await show();
    links()[0]?.click();
  });
  const move = event => {
    const stops = [field, ...links()];
    const at = stops.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
    if (at < 0 || to === undefined || event.isComposing) return;
    event.preventDefault();
    stops[Math.min(Math.max(to, 0), stops.length - 1)].focus();
  };
  for (const part of [form, results]) part.addEventListener("keydown", move);
  return { field, form, count, results, show };
}

const place = document.querySelector("[data-search]");
const link = document.querySelector("a.search");
let open;

if (place) {
  const { field, form, count, results, show } = finder();
  place.append(form, count, results);
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  if (field.value) show();
  field.addEventListener("input", () => {
    const query = field.value && `?q=${encodeURIComponent(field.value)}`;
    try {
      history.replaceState(null, "", location.pathname + query);
    } catch {
      // A browser may not let a file change its address.
    }
  });
  open = () => field.focus();
} else {
  let dialog;
  const made = () => {
    const { field, form, count, results } = finder();
    const close = element("button", { type: "button", class: "close" }, "Close");
    form.append(close);
    const keys = element("p", { class: "keys" }, "↑ ↓ choose · Enter opens · Esc closes");
    dialog = element("dialog", { class: "finder", "aria-label": "Search" }, form, count, results, keys);
    close.addEventListener("click", () => dialog.close());
    // A click beside the dialog, or on a result: one of this page would otherwise stay behind it.
    dialog.addEventListener("click", event => {
      if (event.target === dialog || event.target.closest("a") && !event.ctrlKey && !event.metaKey) dialog.close();
    });
    // In a field for searches Escape would only empty it.
    dialog.addEventListener("keydown", event => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      dialog.close();
    });
    // The keyboard of a phone takes its share.
    const fit = () => dialog.style.setProperty("--seen", `${visualViewport.height}px`);
    visualViewport?.addEventListener("resize", fit);
    document.body.append(dialog);
    return { dialog, field };
  };
  let parts;
  open = () => {
    parts ??= made();
    if (!parts.dialog.open) parts.dialog.showModal();
    parts.field.focus();
    parts.field.select();
    load().catch(() => {}); // said when something is asked
  };
  link.setAttribute("role", "button");
  link.setAttribute("aria-haspopup", "dialog");
  link.addEventListener("keydown", event => {
    if (event.key !== " ") return;
    event.preventDefault();
    open();
  });
}

link.setAttribute("aria-keyshortcuts", "/ Control+K Meta+K");
link.addEventListener("click", event => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open();
});
addEventListener("keydown", event => {
  const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
  const isSlash = event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey;
  const isK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  if (!isSlash && !isK) return;
  event.preventDefault();
  open();
});
})();
