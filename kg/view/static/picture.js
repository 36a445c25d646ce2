// The screen of the picture: where one is, what is shown, and what a click does. The address holds all of it.

const picture = (() => {
  const MORE_RECORDS = 500;
  const WIDE = 1000; // from this width of the window the panel opens beside the picture
  const CHANNEL_UNITS = { Proposal: "{n}件提案", ConsultationCase: "{n}个协商案例", Task: "{n}项工作任务", Statement: "{n}条发言" };

  let parts = null; // the elements of the screen, made when it is first shown
  let view = null;

  // -- the screen --------------------------------------------------------------------------------------------------------

  function show(root) {
    if (!parts) build(root);
    filters.read(params);
    draw(false);
  }

  function build(root) {
    const canvas = element("div", {
      class: "canvas", id: "network", tabindex: "0", role: "application", "aria-describedby": "picture-says picture-help",
      "aria-label": say("关系图：方向键移动，回车展开，退格返回"),
    });
    parts = {
      crumbs: element("nav", { class: "crumbs", "aria-label": say("所在位置") }),
      tools: element("div", { class: "picture-tools" }),
      filters: element("div", { class: "picture-filters" }),
      says: element("p", { class: "picture-says", id: "picture-says" }),
      key: element("div", { class: "picture-key" }),
      none: element("p", { class: "none", hidden: true, text: say("没有符合筛选的记录。") }),
      tip: element("div", { class: "tip", hidden: true }),
      live: element("p", { class: "unseen", "aria-live": "polite" }),
      paper: element("div", { class: "picture-paper", "aria-hidden": "true" }),
      tableName: element("summary"),
      tableBody: element("div", { class: "picture-table-body", tabindex: "0", role: "region", "aria-label": say("图中内容") }),
      canvas,
    };
    parts.table = element("details", { class: "picture-table", ontoggle: fillTable }, parts.tableName, parts.tableBody);
    const zoom = element("div", { class: "zoom", role: "group", "aria-label": say("缩放") },
      zoomButton("＋", "放大", () => pictureStage.zoomBy(1.25)), zoomButton("－", "缩小", () => pictureStage.zoomBy(0.8)),
      zoomButton("⤢", "显示全图", pictureStage.fit));
    const help = element("p", { class: "unseen", id: "picture-help", text: say("图中内容也列在下方的表格里。") });
    root.replaceChildren(
      element("div", { class: "picture-bar" }, parts.crumbs, parts.tools),
      element("div", { class: "picture-line" }, parts.filters, parts.says),
      element("div", { class: "stage" }, canvas, parts.none, zoom, parts.tip), parts.paper, parts.key, parts.table, help, parts.live);
    pictureStage.start(canvas, pictureData.all().options, {
      open, openTie, hovered, resized: () => draw(true), nothing: () => { if (!panel.hidden) closePanel(); },
    });
    pictureKeys.attach(canvas, () => view, {
      open, back, home: () => lead([]), picked,
      larger: () => pictureStage.zoomBy(1.25), smaller: () => pictureStage.zoomBy(0.8), whole: pictureStage.fit,
    });
    panel.addEventListener("close", () => pictureStage.set({ selected: null }));
    canvas.drawnNow = drawnNow;
  }

  function zoomButton(sign, words, act) {
    return element("button", { type: "button", "aria-label": say(words), title: say(words), text: sign, onclick: act });
  }

  /** Make the view of the address and show it; with `keep` the reader stays where he has panned to. */
  function draw(keep) {
    if (!parts || parts.canvas.clientWidth === 0) return;
    const focused = focusNow();
    for (let turn = 0, before = -1; turn < 3 && before !== parts.canvas.clientHeight; turn++) {
      before = parts.canvas.clientHeight; // what stands above may take some of it
      const rows = picturePlaces.rowsIn(before + parts.tableBody.offsetHeight); // the table changes nothing of what is shown
      if (!viewFor(params.get("all") ? Infinity : rows)) break;
      drawAround();
    }
    focused?.focus();
    picturePlaces.place(view, { width: parts.canvas.clientWidth, height: parts.canvas.clientHeight });
    drawTable();
    pictureStage.resized();
    pictureStage.show(view, { keep });
  }

  let made = ""; // what the view was made for

  /** Make the view of the address for so many rows; whether it is another than before. */
  function viewFor(rows) {
    const wanted = `${rows} ${params}`;
    if (wanted === made) return false;
    view = pictureView.of(params, rows);
    made = wanted;
    return true;
  }

  /** Where the keyboard is among what is drawn anew: the part, and which button of it; `focus` puts it back. */
  function focusNow() {
    const part = [parts.crumbs, parts.tools, parts.says, parts.key].find((each) => each.contains(document.activeElement));
    const at = part ? [...part.querySelectorAll("button")].indexOf(document.activeElement) : -1;
    if (at < 0) return null;
    const there = () => part.querySelectorAll("button")[at] ?? part.querySelector("button") ?? parts.canvas;
    return { focus: () => there().focus({ preventScroll: true }) };
  }

  function drawAround() {
    picturePlaces.name(view);
    parts.none.hidden = view.nodes.length > 0;
    drawCrumbs();
    drawTools();
    const of = pictureData.all().records.filter(({ group }) => group === view.channel).map(({ card }) => card);
    filters.legend(parts.filters, { only: ["sector", "category", "year", "honour", "text"], of });
    parts.says.replaceChildren(...said());
    drawKey();
  }

  // -- where one is ------------------------------------------------------------------------------------------------------

  /** Lead to what is below these cards, one within the other. */
  function lead(path) {
    setParams({ at: path.map((card) => cards[card].key), list: null, most: null, all: null });
  }

  function back() {
    if (view.path.length) lead(view.path.slice(0, -1));
  }

  function drawCrumbs() {
    const { path } = view;
    const step = (words, act, here) => (here
      ? element("span", { class: "crumb", "aria-current": "location", text: words })
      : element("button", { type: "button", class: "crumb as-link", text: words, onclick: act }));
    const steps = [step(say("全图"), () => lead([]), !path.length),
      ...path.map((card, i) => step(cards[card].name, () => lead(path.slice(0, i + 1)), i === path.length - 1))];
    const to = () => element("span", { class: "crumb-to", "aria-hidden": "true", text: "›" });
    parts.crumbs.replaceChildren(...steps.flatMap((one, i) => (i ? [to(), one] : [one])));
    if (!path.length) return;
    parts.crumbs.prepend(button(say("返回"), back, "picture-back"));
    parts.crumbs.append(button(say("事实与原文"), () => select(path.at(-1)), "facts-button"));
  }

  function drawTools() {
    const channels = view.channels.map((kind) => element("button", {
      type: "button", class: "channel", "aria-pressed": String(kind === view.channel),
      onclick: () => setParams({ of: kind === view.channels[0] ? null : kind, list: null, most: null }),
    }, say(picturePlaces.HEADINGS[kind][1]), element("span", { class: "count", text: String(view.counts.get(kind)) })));
    const group = { class: "channels", role: "group", "aria-label": say("按哪一种记录画") };
    const tools = [channels.length > 1 ? element("div", group, ...channels) : null];
    if (view.counted.length) {
      const words = view.listed ? say("只画联系") : say("逐件画出");
      tools.push(button(words, () => setParams({ list: view.listed ? "0" : "1", most: null })));
    }
    parts.tools.replaceChildren(...tools.filter(Boolean));
  }

  function button(words, act, name = "plain", label = null) {
    return element("button", { type: "button", class: name, text: words, "aria-label": label, title: label, onclick: act });
  }

  // -- what the picture says ---------------------------------------------------------------------------------------------

  function said() {
    const kinds = view.listed ? pictureView.besides(view.channel) : [view.channel];
    const counted = kinds.filter((kind) => view.counts.get(kind))
      .map((kind) => say(CHANNEL_UNITS[kind], { n: view.counts.get(kind) })).join(say("、"));
    const frame = view.channel === "Proposal" && !view.path.length ? frameOf() : "";
    const whole = element("b", { text: counted });
    return view.listed ? [whole, frame, ...saidOfRecords()] : [whole, frame, ...saidOfTies()];
  }

  /** What lists the proposals stand in: without it a number says little. */
  function frameOf() {
    const all = view.counted.length;
    const every = pictureData.all().records.filter(({ group }) => group === "Proposal").length;
    if (!known.listed.length || all < every) return "";
    const [[kind, n]] = known.listed;
    if (known.listed.length === 1 && n === all) return say("（均为{list}名单）", { list: listName(kind) });
    return say("（其中{lists}）", { lists: known.listed.map(([list, count]) => `${listName(list)} ${count}`).join(say("、")) });
  }

  function listName(kind) {
    return kind === "未知" ? say("名单类型未注明") : say(kind);
  }

  function saidOfRecords() {
    const shown = view.nodes.filter(({ spot }) => pictureData.isRecord(spot)).length;
    if (!view.leftOut) return [say("，逐件画出。")];
    const most = Math.min(shown + MORE_RECORDS, pictureView.MOST_DRAWN);
    const left = say("。先画{n}件，另有{rest}件未画：", { n: shown, rest: view.leftOut });
    const full = view.nodes.length >= pictureView.MOST_DRAWN - 20 || shown >= most;
    return full
      ? [left, say("一次最多画{n}项，请先筛选。", { n: pictureView.MOST_DRAWN })]
      : [left, button(say("再画{n}件", { n: Math.min(MORE_RECORDS, view.leftOut) }), () => setParams({ most: String(most) }), "as-link")];
  }

  function saidOfTies() {
    const sentences = [say("。")];
    const heavy = view.ties.filter(mayBeNamed).sort((a, b) => b.weight - a.weight).slice(0, 3);
    if (heavy.length) {
      sentences.push(say("联系最多："), ...heavy.flatMap((tie, i) => [i ? say("；") : "",
        button(`${tie.from.name}—${tie.to.name} ${tie.weight}`, () => openTie(tie), "as-link")]), say("。"));
    }
    if (view.faint.length) {
      const counts = { all: view.ties.length + view.faint.length, n: view.ties.length };
      sentences.push(say("共{all}条联系，只画出{n}条：每项最强的一条，和件数明显多于两端总量所能预期的；指向一项，可见它的全部联系。", counts));
    }
    const n = view.nodes.reduce((sum, node) => sum + (node.rest?.length ?? 1), 0);
    if (n > view.nodes.length) sentences.push(button(say("画出全部{n}项", { n }), () => setParams({ all: "1" }), "as-link"));
    return sentences;
  }

  /** Whether a tie may be told first: one of a single person never is, that would rank people. */
  function mayBeNamed({ weight, from, to }) {
    return weight > 1 && from.spot && to.spot && from.spot.group !== "Person";
  }

  /** What sizes, widths and colours mean. */
  function drawKey() {
    const used = new Set(view.nodes.map(({ spot }) => spot?.category).filter((category) => category !== undefined));
    const colours = [...used].sort((a, b) => a - b).map((category) => element("span", { class: "key-colour" },
      element("i", { style: `background:${picturePaint.colourOf(category)}`, "aria-hidden": "true" }), say(known.categories[category][0])));
    const unit = say(picturePlaces.HEADINGS[view.channel][1]);
    const copies = element("div", { class: "buttons", role: "group", "aria-label": say("导出图片") },
      button("PNG", savePng, "plain", say("下载图片 PNG")), button("SVG", saveSvg, "plain", say("下载矢量图 SVG")));
    const table = () => ({ name: titleNow(), ...pictureTable.cells(view) });
    parts.key.replaceChildren(
      ...(view.listed ? [] : [element("span", { text: say("圆的大小、线的粗细：{what}件数", { what: unit }) })]),
      element("span", { text: say("颜色：五位一体") }), ...colours,
      element("div", { class: "picture-copies" }, copies, exportButtons(table, () => pictureQuery(view))));
  }

  function drawTable() {
    const counts = { n: view.nodes.length, ties: view.ties.length + view.faint.length };
    parts.tableName.textContent = say("以表格列出图中{n}项、{ties}条联系", counts);
    parts.tableBody.replaceChildren();
    fillTable();
  }

  function fillTable() {
    if (parts.table.open && !parts.tableBody.firstChild) pictureTable.draw(parts.tableBody, view, { open, openTie });
  }

  // -- what a click does -------------------------------------------------------------------------------------------------

  /** Open a node: below a sector, a person or a theme lies more; a record's facts are in the panel. */
  function open(node) {
    if (node.rest) setParams({ all: "1" });
    else if (!node.spot || node.spot.label) openRecords(node.name, node.records.map(({ card }) => card));
    else if (pictureData.isRecord(node.spot)) select(node.spot.card);
    else if (view.path.at(-1) === node.spot.card) select(node.spot.card);
    else {
      const { card } = node.spot, at = view.path.indexOf(card);
      lead(at < 0 ? [...view.path, card] : view.path.slice(0, at + 1));
      if (window.innerWidth >= WIDE) select(card);
    }
  }

  function openTie({ from, to, records }) {
    openRecords(`${from.name} — ${to.name}`, records.map(({ card }) => card));
  }

  /** A card in the panel. */
  function select(card) {
    pictureStage.set({ selected: card });
    showInPanel(card);
  }

  function picked(node) {
    pictureStage.set({ picked: node });
    if (!node) return;
    pictureStage.reveal(node);
    parts.live.textContent = pictureTable.sentence(view, node);
  }

  /** What is pointed at, in full where the picture cuts it. */
  function hovered(what, at) {
    const words = !what ? "" : what.from ? tieWords(what) : nodeWords(what);
    parts.tip.hidden = !words;
    if (!words) return;
    parts.tip.textContent = words;
    const { clientWidth, clientHeight } = parts.canvas, { offsetWidth, offsetHeight } = parts.tip;
    parts.tip.style.left = `${Math.max(8, Math.min(at.x + 14, clientWidth - offsetWidth - 12))}px`;
    parts.tip.style.top = `${at.y + 20 + offsetHeight > clientHeight ? at.y - offsetHeight - 12 : at.y + 20}px`;
  }

  function tieWords({ from, to, records }) {
    return say("{from} — {to}：{n}件，点开看是哪些", { from: from.name, to: to.name, n: records.length });
  }

  function nodeWords(node) {
    if (node.lines && node.lines.join("") === node.name) return "";
    return node.lines ? node.name : `${node.name} · ${say(CHANNEL_UNITS[view.channel], { n: node.records.length })}`;
  }

  // -- copies ------------------------------------------------------------------------------------------------------------

  function titleNow() {
    return [pageTitle, say("关系图"), ...view.path.map((card) => cards[card].name)].join(" · ");
  }

  /** What is shown, whole, as SVG. */
  function svg() {
    const pen = new SvgPen(pictureStage.fonts());
    pictureStage.copy(pen);
    return pen.document(pictureStage.frame(), picturePaint.PAPER, titleNow());
  }

  /** What is shown, whole, as a PNG at twice its size; smaller where that would be more than a canvas holds. */
  function png() {
    const { left, right, top, bottom } = pictureStage.frame();
    const scale = Math.min(2, 12_000 / (right - left), 12_000 / (bottom - top));
    const canvas = document.createElement("canvas");
    canvas.width = Math.ceil((right - left) * scale);
    canvas.height = Math.ceil((bottom - top) * scale);
    const context = canvas.getContext("2d");
    context.fillStyle = picturePaint.PAPER;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.setTransform(scale, 0, 0, scale, -left * scale, -top * scale);
    pictureStage.copy(new CanvasPen(context, pictureStage.fonts()));
    return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  }

  function saveSvg() {
    save(`${titleNow()}.svg`, svg(), "image/svg+xml");
  }

  async function savePng() {
    save(`${titleNow()}.png`, await png(), "image/png");
  }

  /** What is drawn and where it stands in the window, for whoever drives the page by a script. */
  function drawnNow() {
    return view.nodes.map((node) => ({ name: node.name, ...pictureStage.inWindow(node) }));
  }

  // A canvas cannot be printed as wide as the paper: its drawing in lines can.
  window.addEventListener("beforeprint", () => {
    if (!view || current !== "graph") return;
    parts.paper.replaceChildren(new DOMParser().parseFromString(svg(), "image/svg+xml").documentElement);
  });
  window.addEventListener("afterprint", () => parts?.paper.replaceChildren());

  screens.set("graph", {
    title: "关系图",
    show,
    hide() { if (parts) pictureStage.set({ selected: null }); },
  });

  return { png, svg };
})();
