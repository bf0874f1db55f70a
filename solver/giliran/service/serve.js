// What a page that is served can do more: change cells, go back, plan again, save, ask. `serve` comes before this script: the version of
// the plan that the page shows, the phase, and words. Every change names the version; where another tab was faster, the page is drawn anew.
"use strict";

{
  const page = window.giliran;
  const lang = document.documentElement.lang === "id" ? "id" : "en";
  const { words } = serve;
  const POLL_MS = 400;
  const MOST_TOLD = 6;
  const LETTERS = { office: "o", home: "h", off: "f", absent: "a" };
  let waiting = Promise.resolve();
  let asked = 0;
  let drawing = null;

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (place, name) => (name in values ? String(values[name]) : place));

  function made(tag, about = {}, ...children) {
    const node = document.createElement(tag);
    const { text, act, ...rest } = about;
    if (text !== undefined) node.textContent = text;
    if (act) node.addEventListener("click", act);
    for (const [name, value] of Object.entries(rest)) if (value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
    node.append(...children.filter(Boolean));
    return node;
  }

  const pressed = (text, act, more = {}) => made("button", { type: "button", text, act, ...more });

  // Talking to the server

  class Refused extends Error {
    constructor(problems, state) {
      super(problems.map((each) => [each.sentences[lang], each.advice?.[lang]].filter(Boolean).join(" ")).join(" "));
      this.state = state;
    }
  }

  async function ask(path, body) {
    const about = body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    let answer;
    try {
      answer = await fetch(path, { ...about, credentials: "same-origin", cache: "no-store" });
    } catch {
      throw new Error(words.gone);
    }
    const found = await answer.json().catch(() => ({ problems: [] }));
    if (!answer.ok) throw new Refused(found.problems ?? [], found.state);
    return found;
  }

  /** One thing after the other, so that each names the version that the one before has made. */
  function inTurn(work) {
    waiting = waiting.then(work).catch(failed);
    return waiting;
  }

  function failed(error) {
    if (error.state) take(error.state);
    effect.replaceChildren(made("p", { class: "bad", text: error.message || words.gone }));
  }

  // The plan as it is

  const effect = made("div", { id: "effect", role: "status" });
  const job = made("p", { id: "job", role: "status" });
  const undo = pressed(words.undo, () => inTurn(goBack));
  const replan = pressed(words.replan, () => inTurn(planAgain), { class: "main", title: words.replan_hint });
  const save = pressed(words.save, () => inTurn(saveIt), { class: "main" });

  function take(state) {
    serve.version = state.version;
    serve.phase = state.phase;
    serve.can_undo = state.can_undo;
    standing();
    if (!drawing) drawing = waiting.then(redraw).catch(failed);
  }

  /** Everything of the page as it is now, once nothing else is asked for. */
  async function redraw() {
    drawing = null;
    const found = await ask("/api/page");
    if (found.version < serve.version) return;
    serve.version = found.version;
    page.refresh(found.page);
    serve.drawn = found.version;
    const at = page.selected();
    if (at) fillActions(at.row, at.day);
  }

  /** What is known at once of what a change moved; the rest of the page follows. */
  function move(cells) {
    const { people, days } = page.data;
    for (const cell of cells) {
      const row = people.id.indexOf(cell.staff_id);
      const day = days.findIndex((each) => each.date === cell.date);
      if (row >= 0 && day >= 0) page.setCell(row, day, LETTERS[cell.place] ?? "?");
    }
  }

  function standing() {
    const ready = serve.phase === "ready";
    undo.disabled = !ready || !serve.can_undo;
    replan.disabled = !ready;
    save.disabled = serve.phase === "closed"; // a full journal still takes this; otherwise the answer says why not
    for (const each of page.actions.querySelectorAll("button.sets")) each.disabled = !ready;
  }

  function tell(answer, first) {
    const { broken, mended } = answer;
    const rules = broken.slice(0, MOST_TOLD).map((each) => made("li", { text: each[lang] }));
    if (broken.length > MOST_TOLD) rules.push(made("li", { text: fill(words.more_broken, { count: broken.length - MOST_TOLD }) }));
    const lines = [
      made("p", { text: first }),
      made("p", { class: broken.length ? "bad" : "good", text: broken.length ? words.breaks : words.keeps }),
      rules.length && made("ul", {}, ...rules),
      mended && made("p", { text: fill(words.mended, { count: mended }) }),
      made("p", { text: answer.price[lang] }),
    ];
    effect.replaceChildren(...lines.filter(Boolean));
  }

  // Changing

  const where = (row, day) => ({ staff_id: page.data.people.id[row], date: page.data.days[day].date });

  function named(row, day) {
    const { people, days, codes } = page.data;
    return { who: people.name[row], day: days[day].long, place: codes[people.cells[row][day]].text };
  }

  function change(row, day, wanted) {
    return inTurn(async () => {
      const answer = await ask("/api/changes", { version: serve.version, cells: [{ ...where(row, day), ...wanted }] });
      move(answer.cells);
      take(answer.state);
      tell(answer, fill(words.changed, named(row, day)));
    });
  }

  function flip(row, day) {
    const letter = page.data.people.cells[row][day];
    if ("ohHf?".includes(letter)) return change(row, day, { place: letter === "o" ? "rest" : "office" });
    effect.replaceChildren(made("p", { text: words.fixed }));
    return undefined;
  }

  async function goBack() {
    const answer = await ask("/api/undo", { version: serve.version });
    move(answer.cells);
    take(answer.state);
    tell(answer, words.undone);
  }

  // Planning

  async function planAgain() {
    follow(await ask("/api/jobs", { version: serve.version, kind: "replan" }));
  }

  function follow(found) {
    serve.phase = "planning";
    standing();
    shown(found);
    setTimeout(() => look(found.number), POLL_MS);
  }

  function shown(found) {
    const text = found.total ? fill(words.planning_parts, found) : words.planning;
    if (!job.firstChild) job.append(made("span"), pressed(words.cancel, () => ask(`/api/jobs/${found.number}/cancel`, {}).catch(failed)));
    job.firstChild.textContent = text;
  }

  async function look(number) {
    try {
      const found = await ask(`/api/jobs/${number}`);
      if (found.state === "running") {
        shown(found);
        setTimeout(() => look(number), POLL_MS);
        return;
      }
      job.replaceChildren();
      const lines = found.state === "cancelled" ? [words.cancelled] : [...found.told, ...found.problems].map((each) => each[lang]);
      const tone = { done: "good", failed: "bad" }[found.state] ?? "plain";
      await inTurn(async () => take(await ask("/api/state")));
      effect.replaceChildren(...lines.map((text) => made("p", { class: tone, text })));
    } catch (error) {
      job.replaceChildren();
      failed(error);
    }
  }

  // Saving

  async function saveIt() {
    save.disabled = true;
    save.textContent = words.saving;
    try {
      const answer = await ask("/api/save", { version: serve.version });
      const text = fill(answer.broken ? words.saved_broken : words.saved, { file: answer.file, count: answer.broken });
      effect.replaceChildren(made("p", { class: answer.broken ? "bad" : "good", text }));
    } finally {
      save.textContent = words.save;
      standing();
    }
  }

  // Asking about a cell

  async function fillActions(row, day) {
    if (day < 0) return;
    const mine = (asked += 1);
    const answer = made("div", { class: "answer", role: "status" });
    const about = new URLSearchParams({ version: serve.version, staff: page.data.people.id[row], date: page.data.days[day].date });
    let cell;
    try {
      cell = await ask(`/api/cell?${about}`);
    } catch (error) {
      if (mine === asked) failed(error);
      return;
    }
    if (mine !== asked) return;
    const sets = (text, wanted) => pressed(text, () => change(row, day, wanted), { class: "sets" });
    const question = (text, path) => pressed(text, () => tellAnswer(answer, path));
    const places = cell.places.filter((each) => each.place !== cell.place).map((each) => sets(fill(words.put, { place: page.data.codes[LETTERS[each.place]].text }), { place: each.place }));
    const duties = cell.duties.flatMap((each) => {
      const others = cell.duties.filter((other) => other.named && other !== each).map((other) => other.rule);
      const rule = { rule: each.said[lang] };
      if (!each.named) return [sets(fill(words.name, rule), { duty: [...others, each.rule] })];
      const search = question(fill(words.substitutes_duty, rule), `/api/substitutes?${about}&duty=${encodeURIComponent(each.rule)}`);
      return [sets(fill(words.unname, rule), { duty: others }), search];
    });
    const who = cell.place === "office" ? question(words.substitutes, `/api/substitutes?${about}`) : null;
    const nothing = places.length || duties.length ? null : made("p", { text: words.fixed });
    page.actions.replaceChildren(...[nothing, ...places, ...duties, question(words.why, `/api/why?${about}`), who, answer].filter(Boolean));
    standing();
  }

  async function tellAnswer(place, path) {
    place.replaceChildren(made("p", { text: words.asking }));
    try {
      const found = await ask(path);
      place.replaceChildren(...found.lines.map((line) => made("p", { class: `step${line.step}`, text: line.sentences[lang] })));
    } catch (error) {
      if (error.state) take(error.state);
      place.replaceChildren(made("p", { class: "bad", text: error.message || words.gone }));
    }
  }

  document.addEventListener("giliran:open", (event) => {
    const { row, day } = event.detail;
    if (row < 0 || day < 0) return;
    event.preventDefault();
    flip(row, day);
  });
  document.addEventListener("giliran:select", (event) => {
    document.getElementById("detail").hidden = false;
    fillActions(event.detail.row, event.detail.day);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && serve.phase !== "planning") inTurn(lookAgain);
  });

  async function lookAgain() {
    const found = await ask("/api/phase");
    if (found.version !== serve.version) take(await ask("/api/state"));
    if (found.job?.state === "running") follow(found.job);
  }

  page.tools.prepend(made("span", { id: "serve", role: "group", "aria-label": words.tools }, undo, replan, save));
  document.getElementById("said").after(job, effect);
  effect.append(made("p", { text: words.hint }));
  standing();
  if (serve.job) follow(serve.job);
}
