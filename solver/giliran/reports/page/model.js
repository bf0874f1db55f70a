// What the page knows, and what follows from it: who is on duty in a cell, what changed there, which units stand below one.

const model = { data: JSON.parse(find("data").textContent) };
const words = model.data.words;
const cellKey = (row, day) => row * 4096 + day;
const OFFICE = "o";
const AT_HOME = "hH";
const NO_WORK = ".-f";
const NONE = -1;

/** Work out anew whatever is looked up by cell, row or unit. */
function derive() {
  const { data } = model;
  model.duty = gathered(data.duty, ([row, day, rule]) => [cellKey(row, day), rule]);
  model.duties = new Set(data.duty.map(([, , rule]) => rule)).size;
  model.changed = gathered(data.changes ?? [], (change) => [cellKey(change.row, change.day), change]);
  model.foundOf = gathered(data.findings.flatMap((finding) => finding.rows.map((row) => [row, finding])), (pair) => pair);
  model.broken = brokenCells(data.findings);
  model.answers = gathered(data.answers, (answer) => [answer.row, answer]);
  model.below = unitsBelow(data.units);
  model.text = data.people.id.map((id, row) => searched(row));
}

/** Lists of values by key. */
function gathered(items, pair) {
  const found = new Map();
  for (const item of items) {
    const [key, value] = pair(item);
    if (found.has(key)) found.get(key).push(value);
    else found.set(key, [value]);
  }
  return found;
}

function brokenCells(findings) {
  const broken = findings.filter((finding) => finding.strength === "must");
  return new Set(broken.flatMap((finding) => finding.rows.flatMap((row) => finding.days.map((day) => cellKey(row, day)))));
}

/** Of every unit the number behind the last unit below it: units stand right after those above them. */
function unitsBelow(units) {
  const last = units.map((unit, number) => number + 1);
  for (let number = units.length - 1; number >= 0; number -= 1) {
    const { parent } = units[number];
    if (parent !== NONE) last[parent] = Math.max(last[parent], last[number]);
  }
  return last;
}

/** Whether a unit is another one or stands below it; every unit is below none. */
function isBelow(unit, top) {
  return top === NONE || (unit >= top && unit < model.below[top]);
}

function searched(row) {
  const { people, positions, units } = model.data;
  const unit = people.unit[row];
  const path = unit === NONE ? "" : units[unit].path;
  return plain([people.name[row], people.id[row], people.nip[row], positions[people.position[row]], path].join(" "));
}

const letterAt = (row, day) => model.data.people.cells[row][day];
const unitName = (unit) => (unit === NONE ? words.no_unit : model.data.units[unit].name);
const unitPath = (unit) => (unit === NONE ? words.no_unit : model.data.units[unit].path);
const ruleLabel = (rule) => (rule === NONE ? "" : model.data.rules[rule].label);
const ruleText = (rule) => [model.data.rules[rule].says, ruleLabel(rule)].filter(Boolean).join(" — ");

/** The units above a unit, as people read them. */
function unitAbove(unit) {
  const parent = unit === NONE ? NONE : model.data.units[unit].parent;
  return parent === NONE ? "" : unitPath(parent);
}

/** How many of some people are in the office, at home and away on a day. */
function countsOf(rows, day) {
  const counts = { office: 0, home: 0, away: 0 };
  for (const row of rows) count(counts, letterAt(row, day));
  return counts;
}

/** The same of one person over some days. */
function countsOfPerson(row, days) {
  const counts = { office: 0, home: 0, away: 0 };
  for (const day of days) count(counts, letterAt(row, day));
  return counts;
}

function count(counts, letter) {
  if (letter === OFFICE) counts.office += 1;
  else if (AT_HOME.includes(letter)) counts.home += 1;
  else if (letter !== "?" && !NO_WORK.includes(letter)) counts.away += 1;
}

/** All that is to be said of a cell, part by part. */
function told(row, day) {
  const code = model.data.codes[letterAt(row, day)];
  const parts = [code.text && code.text !== code.word ? `${code.text} (${code.word})` : code.word];
  const duty = model.duty.get(cellKey(row, day));
  if (duty) parts.push(model.duties > 1 ? filled(words.on_duty, { rules: duty.map(ruleLabel).join(", ") }) : words.on_duty_key);
  for (const change of model.changed.get(cellKey(row, day)) ?? []) parts.push(changeText(change));
  if (model.broken.has(cellKey(row, day))) parts.push(words.broken_key);
  return parts;
}

function changeText(change) {
  const named = change.named ? words.named_now : words.named_before;
  const what = change.rule === NONE ? filled(words.was_becomes, change) : filled(named, { rule: ruleLabel(change.rule) });
  return change.because ? filled(words.because, { what, because: change.because }) : what;
}
