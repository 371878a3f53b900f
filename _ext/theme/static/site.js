// What a page does when it is touched: light and dark, contents, where the reader is.
const root = document.documentElement;

const button = document.querySelector("button.light");
button.hidden = false;
button.addEventListener("click", () => {
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const next = (root.dataset.light ?? system) === "dark" ? "light" : "dark";
  root.dataset.light = next;
  try {
    localStorage.setItem("light", next);
  } catch {
    // The choice then lasts as long as the page.
  }
});

// The contents close where a reader expects it: at Escape, and at a click beside them.
const contents = document.querySelector(".contents");
addEventListener("keydown", event => {
  if (event.key !== "Escape" || !contents.open) return;
  contents.open = false;
  contents.querySelector("summary").focus();
});
addEventListener("click", event => {
  if (!contents.contains(event.target)) contents.open = false;
});

// On a narrow page the list of sections begins closed.
const here = document.querySelector(".here details");
if (here) {
  here.open = matchMedia("(min-width: 75rem)").matches;
  here.parentElement.dataset.set = "";
}

// What an address names is seen, also when it stands in a fold or begins one: a place, or a derivation
// with the lines that a reader gave it.
function unfold() {
  const name = location.hash.slice(1);
  const named = document.getElementById(new URLSearchParams(name).get("edit") ?? name);
  const fold = named?.querySelector(":scope > .proofs") ?? named?.closest(".proofs");
  if (!fold || fold.open) return;
  fold.open = true;
  named.scrollIntoView();
}
addEventListener("hashchange", unfold);
unfold();

// The section that is being read, in the list of sections.
const links = new Map([...document.querySelectorAll(".here a[href^='#']")].map(a => [a.hash.slice(1), a]));
const seen = new IntersectionObserver(entries => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting || !links.has(target.id)) continue;
    links.forEach(link => link.removeAttribute("aria-current"));
    links.get(target.id).setAttribute("aria-current", "true");
  }
}, { rootMargin: "-10% 0px -75% 0px" });
document.querySelectorAll("main section[id]").forEach(section => seen.observe(section));

// What is wider than its place scrolls, and then the keyboard has to reach it.
const scrolling = "div.math, .rhs, .lhs, .formula, .scroll, pre, .counterexample, .setting li, .stacked p, .errata td";
function reach(places) {
  // To measure what is folded away would lay it out; the observer sees it when it opens. And all are
  // measured before one is changed: each change may have the page laid out again.
  const open = places.filter(place => !place.closest("details:not([open])"));
  const scrolls = open.map(place => place.scrollWidth > place.clientWidth + 2 && place.clientWidth > 0);
  open.forEach((place, n) => {
    if (scrolls[n]) place.tabIndex = 0;
    else place.removeAttribute("tabindex");
  });
}
const places = [...document.querySelectorAll(scrolling)];
const resized = new ResizeObserver(entries => reach(entries.map(entry => entry.target)));
places.forEach(place => resized.observe(place));
document.fonts.ready.then(() => reach(places));
