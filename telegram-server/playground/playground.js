/**
 * The playground: one person in one browser plays several people who chat with the one bot.
 *
 * The server holds the truth. This page keeps a copy per person, draws it, and is told of every change by one stream
 * of events; after a gap in that stream it fetches everything anew.
 */

/** @import { Bot, Chat, Command, Desk, Location, Message, NamedGroup, Person, Place, ServerEvent } from "./types.d.ts" */
import { Column, fillAvatar } from "./column.js";
import { element, fromTemplate, part } from "./elements.js";
import { openFaultPanel, refreshFaults } from "./faults.js";
import { groups, keepGroups, receiveInGroup } from "./groups.js";
import { answerPress } from "./keyboard.js";
import { offerPoint } from "./pin.js";
import { isOwn, messagesIn, placeKey } from "./places.js";
import { call } from "./server.js";
import { refreshSwitches } from "./switches.js";
import { excerptOf, isFromBot, nameOf, shortTime } from "./words.js";

const OPEN_COLUMNS = 4;
const RECONNECT_MS = 2_000;
const STORE_KEY = "simpul.playground";

/** @type {Map<number, Chat>} */
const chats = new Map();
/** What outlives the page: open columns in their order, and the newest message read, by person id. */
const remembered = readRemembered();
const narrow = matchMedia("(width < 46rem)");
let uses = 0;
/** Fetching again after a failure. @type {number | undefined} */
let retry;

/** @type {Desk} */
const desk = { activate, close: closeColumn, showPeople, refresh, draw, unreadIn };

// Remembering.

/** @returns {{ open: number[], read: Record<string, number> }} */
function readRemembered() {
  try {
    const { open, read } = JSON.parse(localStorage.getItem(STORE_KEY) ?? "{}");
    return { open: open ?? [], read: read ?? {} };
  } catch {
    return { open: [], read: {} };
  }
}

function remember() {
  localStorage.setItem(STORE_KEY, JSON.stringify(remembered));
}

// Fetching.

async function refreshAll() {
  /** @type {{ bot: Bot, people: Person[], groups: NamedGroup[], map_point?: Location }} */
  const { bot, people, groups: named, map_point } = await call("/people");
  if (map_point) offerPoint(map_point);
  for (const person of people) {
    if (!chats.has(person.id)) addChat(bot, person);
    else nameAnew(knownChat(person.id), bot, person);
  }
  await keepGroups(named);
  giveGroups();
  await Promise.all(people.map((person) => refresh(knownChat(person.id))));
}

/** After a restart of the server people may be called otherwise. @param {Chat} chat @param {Bot} bot @param {Person} person */
function nameAnew(chat, bot, person) {
  Object.assign(chat.bot, bot);
  Object.assign(chat.person, { last_name: undefined, username: undefined, label: undefined }, person);
  nameEntry(chat);
}

/** Says to each person in which groups they are; who stood where there is nothing any more goes back to the bot. */
function giveGroups() {
  for (const chat of chats.values()) {
    chat.groups = [...groups.values()].filter(({ members }) => members.includes(chat.person.id));
    const { place } = chat;
    const isThere = !place || (chat.groups.includes(place.group) && hasTopic(place));
    if (!isThere) chat.column?.goHome();
    draw(chat);
  }
}

/** @param {Place} place */
const hasTopic = ({ group, topicId }) => topicId === undefined || group.topics.some(({ id }) => id === topicId);

async function refreshGroups() {
  const { groups: named } = await call("/people");
  await keepGroups(named);
  giveGroups();
}

/** @param {Bot} bot @param {Person} person */
function addChat(bot, person) {
  const entry = fromTemplate("person-template");
  /** @type {Chat} */
  const chat = {
    bot,
    person,
    messages: new Map(),
    commands: [],
    groups: [],
    entry,
    sending: Promise.resolve(),
    usedAt: 0,
  };
  chats.set(person.id, chat);
  nameEntry(chat);
  const button = part(entry, "button");
  button.dataset.personId = String(person.id);
  button.onclick = () => openColumn(chat, "focus");
  part(document, "#people").append(entry);
}

/** @param {Chat} chat */
function nameEntry(chat) {
  fillAvatar(chat.entry, chat);
  part(chat.entry, ".person-name").textContent = nameOf(chat.person);
  part(chat.entry, ".person-label").textContent = chat.person.label ?? "";
}

/** @param {number} id */
function knownChat(id) {
  const chat = chats.get(id);
  if (!chat) throw new Error(`The server has not named person ${id}`);
  return chat;
}

/** Events that come meanwhile are held, since the answer may be older or newer than they. @param {Chat} chat */
async function refresh(chat) {
  /** @type {ServerEvent[]} */
  const held = [];
  chat.held = held;
  try {
    const fetched = await call(`/people/${chat.person.id}/chat`);
    if (chat.held === held) take(chat, fetched);
  } finally {
    if (chat.held === held) {
      chat.held = undefined;
      for (const event of held) apply(chat, event);
      draw(chat);
    }
  }
}

/** @param {Chat} chat @param {{ messages: Message[], commands: Command[], started: boolean, blocked: boolean }} fetched */
function take(chat, { messages, commands, started, blocked }) {
  chat.messages = new Map(messages.map((fresh) => [fresh.message_id, sameOrFresh(chat, fresh)]));
  chat.commands = commands;
  Object.assign(chat.person, { started, blocked });
}

/** Keeps the object where nothing changed, so that the message is not drawn anew. @param {Chat} chat @param {Message} fresh */
function sameOrFresh(chat, fresh) {
  const known = chat.messages.get(fresh.message_id);
  return known && JSON.stringify(known) === JSON.stringify(fresh) ? known : fresh;
}

// Events.

function listen() {
  const events = new EventSource("/playground/api/events");
  events.onopen = () => fetchAfterGap();
  events.onmessage = ({ data }) => receive(JSON.parse(data));
  events.onerror = () => {
    showBanner("Sambungan ke server terputus.");
    if (events.readyState === EventSource.CLOSED) setTimeout(listen, RECONNECT_MS);
  };
}

async function fetchAfterGap() {
  clearTimeout(retry);
  try {
    await refreshAll();
    await refreshFaults();
    await refreshSwitches();
    part(document, "#banner").hidden = true;
    openRemembered();
  } catch (error) {
    showBanner(/** @type {Error} */ (error).message);
    retry = setTimeout(fetchAfterGap, RECONNECT_MS);
  }
}

/** @param {string} problem */
function showBanner(problem) {
  const banner = part(document, "#banner");
  banner.textContent = `${problem} Mencoba menyambung kembali…`;
  banner.hidden = false;
}

/** @param {ServerEvent} event */
function receive(event) {
  if (event.type === "faults") return refreshFaults().catch(() => {});
  if (event.group_id !== undefined) return hearInGroup(event, event.group_id);
  const chat = chats.get(event.person_id ?? 0);
  if (!chat) return fetchAfterGap();
  if (event.type === "callback-answer") return answerPress(chat, event);
  if (chat.held) return chat.held.push(event);
  apply(chat, event);
  draw(chat);
}

/** @param {ServerEvent} event @param {number} groupId */
function hearInGroup(event, groupId) {
  const isNew = receiveInGroup(event, groupId);
  if (isNew === "unknown") return refreshGroups().catch(() => {});
  for (const chat of chats.values()) {
    if (!chat.groups.some(({ id }) => id === groupId)) continue;
    if (isNew && event.message) chat.column?.announce(event.message);
    draw(chat);
  }
}

/** @param {Chat} chat @param {ServerEvent} event */
function apply(chat, { type, message, message_id, commands, blocked }) {
  if (type === "delete" && message_id !== undefined) chat.messages.delete(message_id);
  if (type === "commands" && commands) chat.commands = commands;
  if (type === "standing" && blocked !== undefined) chat.person.blocked = blocked;
  if (!message || (type !== "message" && type !== "edit")) return;
  const isNew = !chat.messages.has(message.message_id);
  chat.messages.set(message.message_id, message);
  if (isNew) chat.column?.announce(message);
  if (isNew && !chat.person.started) refresh(chat).catch(() => {});
}

// The list of people.

/** @param {Chat} chat */
function draw(chat) {
  markPlaceRead(chat);
  chat.column?.draw();
  drawEntry(chat);
}

/** @param {Chat} chat */
function drawEntry(chat) {
  const ids = [...chat.messages.keys()];
  const newest = chat.messages.get(Math.max(...ids));
  const isSeen = !chat.place && chat.column?.isShown && !document.hidden;
  if (newest && isSeen) markRead(String(chat.person.id), newest);
  const unread = countUnread(chat, newest);
  const badge = part(chat.entry, ".badge");
  badge.hidden = unread === 0;
  badge.textContent = String(unread);
  badge.ariaLabel = `${unread} belum dibaca`;
  part(chat.entry, ".person-excerpt").textContent = excerptLine(chat, newest);
  part(chat.entry, ".person-time").textContent = newest ? shortTime(newest.date) : "";
  drawTitle();
}

/** @param {Chat} chat @param {Message | undefined} newest */
function excerptLine(chat, newest) {
  if (chat.person.blocked) return "Bot diblokir";
  if (!newest) return chat.person.started ? "Belum ada pesan" : "Belum memulai percakapan";
  return (isFromBot(newest) ? "" : "Anda: ") + excerptOf(newest);
}

/** @param {string} key @param {Message} newest */
function markRead(key, newest) {
  if (remembered.read[key] === newest.message_id) return;
  remembered.read[key] = newest.message_id;
  remember();
}

/** @param {Chat} chat */
function markPlaceRead(chat) {
  if (!chat.place || !chat.column?.isShown || document.hidden) return;
  const newest = messagesIn(chat.place).at(-1);
  if (newest) markRead(`${chat.person.id}:${placeKey(chat.place)}`, newest);
}

/** @param {Chat} chat @param {Place} place */
function unreadIn(chat, place) {
  const messages = messagesIn(place);
  const read = remembered.read[`${chat.person.id}:${placeKey(place)}`] ?? 0;
  const from = read <= (messages.at(-1)?.message_id ?? 0) ? read : 0;
  return messages.filter((message) => message.message_id > from && !isOwn(chat, message)).length;
}

/** Message ids start anew in a new database: a remembered id beyond the newest means nothing. @param {Chat} chat @param {Message | undefined} newest */
function countUnread(chat, newest) {
  const read = remembered.read[chat.person.id] ?? 0;
  const from = newest && read <= newest.message_id ? read : 0;
  return [...chat.messages.values()].filter((message) => isFromBot(message) && message.message_id > from).length;
}

function drawTitle() {
  const unread = [...chats.values()].filter(({ entry }) => !part(entry, ".badge").hidden).length;
  document.title = `${unread > 0 ? `(${unread}) ` : ""}Simpul — ruang coba`;
}

// Columns.

function openRemembered() {
  const known = remembered.open.flatMap((id) => chats.get(id) ?? []);
  const first = chats.values().next().value;
  const wanted = known.length > 0 || narrow.matches || !first ? known : [first];
  for (const chat of wanted) if (!chat.column?.root.isConnected) openColumn(chat);
}

/** @param {Chat} chat @param {"focus"} [focus] */
function openColumn(chat, focus) {
  chat.column ??= new Column(chat, desk);
  const { root, composer } = chat.column;
  if (!root.isConnected) {
    makeRoom();
    part(document, "#columns").append(root);
    columnsChanged();
  }
  if (focus) {
    document.body.dataset.view = "chat";
    activate(chat);
  }
  draw(chat);
  chat.column.scrollToNewest();
  if (!focus) return;
  root.scrollIntoView({ block: "nearest", inline: "nearest" });
  if (!narrow.matches) composer.input.focus();
}

function makeRoom() {
  const open = openChats();
  const leastUsed = open.toSorted((a, b) => a.usedAt - b.usedAt)[0];
  if (leastUsed && open.length >= OPEN_COLUMNS) closeColumn(leastUsed);
}

/** @param {Chat} chat */
function closeColumn(chat) {
  chat.column?.root.remove();
  columnsChanged();
  drawEntry(chat);
  showPeople();
  part(chat.entry, "button").focus();
}

function openChats() {
  return [...chats.values()].filter(({ column }) => column?.root.isConnected);
}

function columnsChanged() {
  const roots = [...part(document, "#columns").querySelectorAll("section")];
  remembered.open = roots.map((root) => Number(root.dataset.personId));
  part(document, "#nothing-open").hidden = roots.length > 0;
  for (const { entry, column } of chats.values()) {
    part(entry, "button").classList.toggle("open", column?.root.isConnected ?? false);
  }
  remember();
}

/** @param {Chat} chat */
function activate(chat) {
  chat.usedAt = ++uses;
  for (const other of chats.values()) {
    other.column?.root.toggleAttribute("data-active", other === chat);
    part(other.entry, "button").ariaCurrent = other === chat ? "true" : null;
  }
}

function showPeople() {
  document.body.dataset.view = "people";
}

/** A browser asks for `/favicon.ico` where the page names no icon. */
function drawFavicon() {
  const knot = document.querySelector("#icon-simpul path")?.outerHTML ?? "";
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="6" fill="#0f766e"/><g fill="none" stroke="#fff" stroke-width="1.8">${knot}</g></svg>`;
  const icon = element("link");
  icon.rel = "icon";
  icon.href = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  document.head.append(icon);
}

document.addEventListener("visibilitychange", () => {
  for (const chat of openChats()) drawEntry(chat);
});
narrow.addEventListener("change", () => {
  for (const chat of openChats()) draw(chat);
});
/** @param {number} id */
function nameOfChat(id) {
  const person = chats.get(id)?.person;
  return person ? nameOf(person) : (groups.get(id)?.title ?? String(id));
}

drawFavicon();
openFaultPanel(nameOfChat);
fetchAfterGap();
listen();
