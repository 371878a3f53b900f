// Light or dark as the reader chose it last, before anything is painted.
try {
  const chosen = localStorage.getItem("light");
  if (chosen) document.documentElement.dataset.light = chosen;
} catch {
  // A browser may keep nothing for a file; the system's choice stands.
}
