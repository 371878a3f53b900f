// Light or dark as the reader chose it last, before anything is painted.
try {
  const chosen = localStorage.getItem("light");
  if (chosen) document.documentElement.dataset.light = chosen;
} catch {
  // A browser may keep nothing for a file; the system's choice stands.
}

// The fonts that are in the style sheet are unpacked before the text is laid out, not after.
for (const font of ['1em "STIX Two Math"', '1em "STIX Two Text"', '600 1em "STIX Two Text"'])
  document.fonts.load(font);
