// What a reference refers to, in a box beside it, for a pointer and for the keyboard.
(() => {
  const kinds = "a[href*='#equation-'], a[href*='#thm-'], a[href*='#def-'], a[href*='bibliography.html#']";
  const box = document.createElement("div");
  box.className = "preview";
  box.id = "preview";
  box.role = "tooltip";
  box.hidden = true;
  document.body.append(box);

  let loading;
  function data() {
    loading ??= new Promise(done => {
      const script = document.createElement("script");
      script.src = `${document.documentElement.dataset.content_root}_static/previews-data.js`;
      script.onload = () => done(window.PREVIEWS);
      document.head.append(script);
    });
    return loading;
  }

  let wanted = null;
  async function show(link) {
    wanted = link;
    const url = new URL(link.href);
    const previews = await data();
    const page = url.pathname.split("/").pop() || "index.html";
    const shown = previews[`${page}${decodeURIComponent(url.hash)}`];
    if (wanted !== link || !shown) return;
    box.innerHTML = shown;
    box.hidden = false;
    link.setAttribute("aria-describedby", "preview");
    const at = link.getBoundingClientRect();
    const room = document.documentElement.clientWidth - box.offsetWidth - 12;
    box.style.left = `${Math.max(12, Math.min(at.left - 16, room)) + scrollX}px`;
    const above = at.top - box.offsetHeight - 8;
    box.style.top = `${(above > 60 ? above : at.bottom + 8) + scrollY}px`;
  }
  function hide() {
    wanted?.removeAttribute("aria-describedby");
    wanted = null;
    box.hidden = true;
  }

  let waiting;
  const linkOf = event => event.target.closest?.(kinds);
  document.addEventListener("pointerover", event => {
    if (event.pointerType === "touch") return;
    clearTimeout(waiting);
    const link = linkOf(event);
    if (link) waiting = setTimeout(show, 120, link);
    else if (!event.target.closest(".preview")) hide();
  });
  document.addEventListener("focusin", event => {
    const link = linkOf(event);
    if (link?.matches(":focus-visible")) show(link);
    else hide();
  });
  document.addEventListener("keydown", event => {
    if (event.key === "Escape") hide();
  });
})();
