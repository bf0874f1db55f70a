// The views, the keys, light and dark, paper; and the object `giliran`, by which a script of a server reaches the page:
// data, setCell(row, day, letter), refresh(patch), select(row, day), selected(), show(view), say(text, tone), actions, tools, and the
// events giliran:select and giliran:open of the document.

const state = { view: "grid", selected: null, places: {}, panels: {}, tabs: {}, stale: new Set() };
const VIEWS = ["grid", "heat", "duty", "fairness", "findings", "changes", "answers"];

/** Views that have something to show. */
function isThere(view) {
  const { data } = model;
  if (view === "changes") return data.changes !== null;
  return { duty: data.duty, fairness: data.fairness, answers: data.answers }[view]?.length !== 0;
}

function makeViews() {
  for (const view of VIEWS) {
    const tab = element("button", { type: "button", role: "tab", id: `tab-${view}`, "aria-controls": `view-${view}`, on: { click: () => show(view) } });
    state.tabs[view] = tab;
    state.places[view] = element("div", { class: "content" });
    const panel = { id: `view-${view}`, class: `view ${view}`, role: "tabpanel", "aria-labelledby": `tab-${view}`, hidden: true };
    state.panels[view] = element("section", panel, element("h2", { class: "unseen", text: words[view] }), state.places[view]);
    find("views").append(tab);
    find("main").append(state.panels[view]);
  }
  find("views").addEventListener("keydown", walkTabs);
  makeGrid(state.places.grid, { chosen: ({ row, day }) => select(row, day, { going: false }), opened: open });
  makeHeat(state.places.heat);
  makeLists(state.places);
}

function walkTabs(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const there = VIEWS.filter(isThere);
  show(there[(there.indexOf(state.view) + step + there.length) % there.length]);
  state.tabs[state.view].focus();
  event.preventDefault();
}

/** Show a view and hide the others. */
function show(view) {
  if (view !== state.view) find("detail").hidden = true;
  state.view = isThere(view) ? view : "grid";
  for (const each of VIEWS) {
    const chosen = each === state.view;
    state.panels[each].hidden = !chosen;
    state.tabs[each].setAttribute("aria-selected", chosen);
    state.tabs[each].tabIndex = chosen ? 0 : -1;
  }
  draw();
}

/** Draw the view at hand if what it shows has changed. */
function draw() {
  if (!state.stale.delete(state.view)) return;
  if (state.view === "grid") drawGrid(state.rows);
  else if (state.view === "heat") drawHeat();
  else drawList[state.view]();
}

/** Something else is searched for or chosen. */
function filtered() {
  state.rows = shownRows();
  filters.around = unitsAround(state.rows);
  find("shown").value = state.rows.length ? filled(words.shown, { shown: state.rows.length, all: model.text.length }) : words.nobody;
  find("clear").hidden = !isFiltered();
  state.stale = new Set(VIEWS);
  draw();
}

function label() {
  const { data } = model;
  const counts = { findings: data.findings.length, changes: data.changes?.length, answers: data.answers.length };
  for (const view of VIEWS) {
    state.tabs[view].textContent = counts[view] ? `${words[view]} (${counts[view]})` : words[view];
    state.tabs[view].hidden = !isThere(view);
  }
}

function summarize() {
  const [first, ...rest] = [...model.data.summary].sort((one, other) => (other.tone !== "plain") - (one.tone !== "plain"));
  const line = ({ text, tone }, tag) => element(tag, { class: `line ${tone}`, text });
  const made = element("details", { open: rest.some(({ tone }) => tone === "bad") }, line(first, "summary"), ...rest.map((each) => line(each, "p")));
  find("summary").replaceChildren(made);
}

/** Choose a person and a day: the panel is filled, and whoever listens is told. */
function select(row, day, { going = true, open: opening = false } = {}) {
  state.selected = row === NONE ? null : { row, day };
  if (!state.selected) return;
  if (going) goTo(row, day);
  fillDetail(row, day);
  document.dispatchEvent(new CustomEvent("giliran:select", { detail: { row, day } }));
  if (opening) openDetail();
  keepInSight();
}

/** Bring a cell into sight, without what hides it. */
function goTo(row, day) {
  show("grid");
  if (!grid.number.has(row) || (day !== NONE && !grid.days.includes(day))) find("filters").reset();
  Object.assign(filters, grid.number.has(row) ? {} : { text: [], unit: NONE, day: NONE, place: "" });
  filtered();
  grid.table.go(grid.number.get(row), day === NONE ? 0 : grid.days.indexOf(day) + 1);
}

/** More is wanted about a cell. */
function open({ row, day }) {
  if (row === NONE) return;
  const event = new CustomEvent("giliran:open", { detail: { row, day }, cancelable: true });
  if (document.dispatchEvent(event)) openDetail({ focus: true });
}

function say(text, tone = "plain") {
  find("said").replaceChildren(element("p", { class: `line ${tone}`, text }));
}

function setCell(row, day, letter) {
  const { cells } = model.data.people;
  cells[row] = cells[row].slice(0, day) + letter + cells[row].slice(day + 1);
  for (const view of VIEWS) state.stale.add(view);
  if (state.view !== "grid") return draw();
  const number = grid.number.get(row);
  const head = grid.table.items.findLastIndex((item, place) => item.kind === "unit" && place < number);
  for (const each of [number, head]) grid.table.redraw(each);
  return undefined;
}

/** Take over some of the data and draw anew; what is searched for, chosen and in sight stays. */
function refresh(patch) {
  Object.assign(model.data, patch);
  derive();
  summarize();
  label();
  filtered();
  if (state.selected) fillDetail(state.selected.row, state.selected.day);
}

function keys(event) {
  const typing = event.target.closest("input, select, textarea");
  if (event.key === "/" && !typing) {
    find("search").focus();
    find("search").select();
    event.preventDefault();
  } else if (event.key === "Escape" && !find("detail").hidden) closeDetail();
  else if (event.key === "Escape" && event.target.id === "search" && event.target.value) find("filters").reset();
  else if (event.key === "Escape" && typing) show("grid") ?? grid.table.focus();
}

const THEME = "giliran-theme";

/** Light or dark: as the system has it, until somebody says otherwise. */
function makeTheme() {
  const dark = () => (document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const set = (theme) => {
    if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
    find("theme").setAttribute("aria-pressed", dark());
  };
  set(remembered());
  find("theme").addEventListener("click", () => {
    set(dark() ? "light" : "dark");
    try {
      localStorage.setItem(THEME, document.documentElement.dataset.theme);
    } catch {
      // a file that was opened from an attachment may not remember anything
    }
  });
}

function remembered() {
  try {
    return localStorage.getItem(THEME);
  } catch {
    return null;
  }
}

/** Everything of the view at hand for paper, and as it was afterwards. */
function makePrint() {
  const tables = () => ({ grid: [grid.table], heat: [heat.table] })[state.view] ?? [];
  addEventListener("beforeprint", () => {
    tables().forEach((table) => table.print(true));
    lists[state.view]?.all();
  });
  addEventListener("afterprint", () => tables().forEach((table) => table.print(false)));
  find("print").addEventListener("click", () => print());
}

derive();
makeTheme();
makeViews();
drawFilters(filtered);
summarize();
label();
filtered();
show("grid");
makePrint();
new ResizeObserver(keepInSight).observe(find("detail"));
document.addEventListener("keydown", keys);
window.giliran = {
  get data() {
    return model.data;
  },
  setCell,
  refresh,
  select,
  selected: () => state.selected,
  show,
  say,
  actions: detail.actions,
  tools: find("tools"),
};
