// Marks the stretch of a document that an address ends with, `#char=begin,end`: code points, the end not included.
"use strict";

const shown = document.getElementById("text");
const characters = Array.from(shown.textContent);

function markSpan() {
  const found = /^#char=(\d+),(\d+)$/.exec(location.hash);
  if (!found) return;
  const [begin, end] = [Number(found[1]), Number(found[2])];
  const mark = document.createElement("mark");
  mark.textContent = characters.slice(begin, end).join("");
  shown.replaceChildren(characters.slice(0, begin).join(""), mark, characters.slice(end).join(""));
  mark.scrollIntoView({ block: "center" });
}

window.addEventListener("hashchange", markSpan);
markSpan();
