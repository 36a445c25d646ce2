// The page starts: the links of its head, the keys that work everywhere, the first screen.

for (const made of document.querySelectorAll("[data-say]")) made.textContent = say(made.textContent.trim());
for (const link of document.querySelectorAll("[data-screen]")) link.href = addressWith(link.dataset.path);
document.documentElement.lang = language === "en" ? "en" : "zh-CN";

const languageSwitch = document.getElementById("language");
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
document.getElementById("home").addEventListener("click", showHome);
window.addEventListener("hashchange", follow);
window.addEventListener("popstate", follow);

follow();
document.fonts.ready.then(() => {
  follow();
  document.body.dataset.ready = "yes";
});
