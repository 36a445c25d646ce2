// The page starts: the links of its head, the keys that work everywhere, the first screen.

sayAll(document.body);
for (const link of document.querySelectorAll("[data-screen]")) link.href = addressWith(link.dataset.path);
for (const [made, name] of [[box, "placeholder"], [box, "aria-label"], [found, "aria-label"], [document.querySelector(".tabs"), "aria-label"]]) {
  made.setAttribute(name, say(made.getAttribute(name)));
}
document.documentElement.lang = language === "en" ? "en" : "zh-CN";

const languageSwitch = document.getElementById("language");
languageSwitch.textContent = language === "en" ? "中文" : "English";
languageSwitch.lang = language === "en" ? "zh-CN" : "en";
languageSwitch.addEventListener("click", () => {
  const parts = addressParts(location.hash);
  if (language === "en") parts.params.delete("lang");
  else parts.params.set("lang", "en");
  location.hash = `#${parts.path || "/"}${parts.params.size ? `?${parts.params}` : ""}`;
});

document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  if (event.key === "/" && !typing) { event.preventDefault(); box.focus(); }
});
document.getElementById("skip").addEventListener("click", () => box.focus());
window.addEventListener("hashchange", follow);
window.addEventListener("popstate", follow);

follow();
document.fonts.ready.then(() => {
  follow();
  document.body.dataset.ready = "yes";
});
