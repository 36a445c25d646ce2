// The page's language: Chinese, and English where the address says lang=en. The Chinese words are the key of the others.

const english = JSON.parse(document.getElementById("english-data").textContent);
const language = addressParts(location.hash).params.get("lang") === "en" ? "en" : "zh";

/** What stands behind the `#`: a path, and the parameters that hold filters and language. */
function addressParts(hash) {
  const [path, query = ""] = hash.replace(/^#/, "").split("?");
  return { path, params: new URLSearchParams(query) };
}

/** Words of the page in its language, with `{name}` filled in from `values`; what has no translation stays Chinese. */
function say(chinese, values = {}) {
  const words = language === "en" ? english[chinese] ?? chinese : chinese;
  return words.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** Put what the template says into the page's language: the key is the element's words, or stands in `data-say`. */
function sayAll(root) {
  for (const made of root.querySelectorAll("[data-say]")) made.textContent = say(made.dataset.say || made.textContent.trim(), made.dataset);
}
