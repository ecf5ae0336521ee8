import { addFeed, changeFeed } from "../../../core/actions/rack/power-feeds.ts";
import { addRack, changeRack } from "../../../core/actions/rack/racks.ts";
import { addRoom, changeRoom } from "../../../core/actions/rack/rooms.ts";
import { findFeed } from "../../../core/db/rack/power-feeds.ts";
import { findRack } from "../../../core/db/rack/racks.ts";
import { findRoom } from "../../../core/db/rack/rooms.ts";
import type { Db } from "../../../core/db/tables.ts";
import type { Field } from "../../../core/domain/form/field.ts";
import { accept } from "../../../core/domain/outcome.ts";
import { feedFields, rackFields, rackHeight, roomFields, roomName } from "../../../core/domain/rack/rack-fields.ts";
import { reply } from "../../conversation.ts";
import type { FieldWords } from "../../replies/procedure-words.ts";
import { type Form, type FormPlan, noSuggestions } from "../form.ts";

const roomWords: Record<string, FieldWords> = {
  code: {
    label: "Kode",
    ask: "Apa kode ruangnya? Paling banyak 6 huruf atau angka; kode ini tertera pada label kabel dan tidak dapat diubah (contoh: DC).",
  },
  name: { label: "Nama", ask: "Apa nama ruangnya? (contoh: Ruang server utama)" },
};
const rackWords: Record<string, FieldWords> = {
  code: {
    label: "Kode",
    ask: "Apa kode raknya? Paling banyak 6 huruf atau angka; kode ini tertera pada label kabel dan tidak dapat diubah (contoh: A2).",
  },
  height: { label: "Tinggi", ask: "Berapa U tinggi raknya? (contoh: 42)" },
};
const feedWords: Record<string, FieldWords> = {
  name: { label: "Nama", ask: "Apa nama jalur dayanya? (contoh: A)" },
  capacity: { label: "Kapasitas", ask: "Berapa watt yang boleh dibebankan padanya? (contoh: 3000)" },
};

/** What is asked once, without a last look. */
function planOf(
  title: string,
  fields: readonly Field[],
  words: Record<string, FieldWords>,
  more: Partial<FormPlan> = {},
): FormPlan {
  const wordsFor = (field: string) => words[field] ?? { label: field, ask: field };
  return { title, fields, wordsFor, hasReview: false, suggestions: noSuggestions, ...more };
}

/** Adds a room. What follows is its page. */
export const roomForm: Form = {
  name: "room",
  takesNoFiles: true,
  plan: async () => planOf("➕ Tambah ruang", roomFields, roomWords),
  submit: async (conversation, { answers }) => {
    const { tx, person, setting } = conversation;
    const added = await addRoom(tx, person, setting, { answers });
    if (!added.ok) return added;
    await reply(conversation, { kind: "room", roomId: added.value, page: 0 });
    return accept(undefined);
  },
};

/** Gives a room another name. Its subject: `roomId`. */
export const renameRoomForm: Form = {
  name: "room-name",
  takesNoFiles: true,
  plan: async (db, { subject }) => {
    const room = await findRoom(db, Number(subject.roomId));
    if (room === undefined || room.isRemoved) return undefined;
    return planOf(`✏️ Ubah nama ruang ${room.code}`, [roomName], roomWords, { present: { name: room.name } });
  },
  submit: async (conversation, { subject, answers }) => {
    const { tx, person, setting } = conversation;
    const roomId = Number(subject.roomId);
    const changed = await changeRoom(tx, person, setting, { roomId, answers });
    if (!changed.ok) return changed;
    await reply(conversation, { kind: "room", roomId, page: 0 });
    return accept(undefined);
  },
};

/** Adds a rack to a room. Its subject: `roomId`. What follows is the rack's page. */
export const rackForm: Form = {
  name: "rack",
  takesNoFiles: true,
  plan: async (db, { subject }) => {
    const room = await findRoom(db, Number(subject.roomId));
    if (room === undefined || room.isRemoved) return undefined;
    return planOf(`➕ Tambah rak di ruang ${room.code}`, rackFields, rackWords, { suggestions: suggestHeights });
  },
  submit: async (conversation, { subject, answers }) => {
    const { tx, person, setting } = conversation;
    const added = await addRack(tx, person, setting, { roomId: Number(subject.roomId), answers });
    if (!added.ok) return added;
    await reply(conversation, { kind: "rack", rackId: added.value, page: 0 });
    return accept(undefined);
  },
};

async function suggestHeights(_db: Db, field: Field): Promise<string[]> {
  return field.name === "height" ? ["42", "20", "12"] : [];
}

/** Corrects the height of a rack. Its subject: `rackId`. */
export const rackHeightForm: Form = {
  name: "rack-height",
  takesNoFiles: true,
  plan: async (db, { subject }) => {
    const rack = await findRack(db, Number(subject.rackId));
    if (rack === undefined || rack.isRemoved) return undefined;
    const title = `✏️ Ubah tinggi rak ${rack.roomCode} ${rack.code}`;
    return planOf(title, [rackHeight], rackWords, { present: { height: String(rack.heightU) } });
  },
  submit: async (conversation, { subject, answers }) => {
    const { tx, person, setting } = conversation;
    const rackId = Number(subject.rackId);
    const changed = await changeRack(tx, person, setting, { rackId, answers });
    if (!changed.ok) return changed;
    await reply(conversation, { kind: "rack", rackId, page: 0 });
    return accept(undefined);
  },
};

/** Adds a power feed to a rack. Its subject: `rackId`. */
export const feedForm: Form = {
  name: "power-feed",
  takesNoFiles: true,
  plan: async (db, { subject }) => {
    const rack = await findRack(db, Number(subject.rackId));
    if (rack === undefined || rack.isRemoved) return undefined;
    const title = `➕ Tambah jalur daya rak ${rack.roomCode} ${rack.code}`;
    return planOf(title, feedFields, feedWords, { suggestions: suggestCapacities });
  },
  submit: async (conversation, { subject, answers }) => {
    const { tx, person, setting } = conversation;
    const rackId = Number(subject.rackId);
    const added = await addFeed(tx, person, setting, { rackId, answers });
    if (!added.ok) return added;
    await reply(conversation, { kind: "power-feeds", rackId });
    return accept(undefined);
  },
};

async function suggestCapacities(_db: Db, field: Field): Promise<string[]> {
  return field.name === "capacity" ? ["2000", "3000"] : ["A", "B"];
}

/** Changes what a power feed is called and may carry. Its subject: `feedId`. */
export const changeFeedForm: Form = {
  name: "power-feed-change",
  takesNoFiles: true,
  plan: async (db, { subject }) => {
    const feed = await findFeed(db, Number(subject.feedId));
    if (feed === undefined) return undefined;
    const present = { name: feed.name, capacity: String(feed.capacityWatts) };
    return planOf(`✏️ Ubah jalur daya ${feed.name}`, feedFields, feedWords, { present });
  },
  submit: async (conversation, { subject, answers }) => {
    const { tx, person, setting } = conversation;
    const feedId = Number(subject.feedId);
    const changed = await changeFeed(tx, person, setting, { feedId, answers });
    if (!changed.ok) return changed;
    const feed = await findFeed(tx, feedId);
    await reply(conversation, { kind: "power-feeds", rackId: feed?.rackId ?? 0 });
    return accept(undefined);
  },
};
