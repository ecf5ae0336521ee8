import { reserveSwitchPort } from "../../../core/actions/cable/switch-ports.ts";
import { movePlace } from "../../../core/actions/rack/move-place.ts";
import { returnDevice, useReservedPlace } from "../../../core/actions/rack/return-device.ts";
import { listFreePortsOf } from "../../../core/db/cable/port-uses.ts";
import { findAssetNamed } from "../../../core/db/inventory/assets.ts";
import { findListedPlace } from "../../../core/db/rack/place-lists.ts";
import { findPresentPlace, type StoredPlace } from "../../../core/db/rack/rack-places.ts";
import { fillRacks, listRacks } from "../../../core/db/rack/racks.ts";
import type { Db } from "../../../core/db/tables.ts";
import type { Field } from "../../../core/domain/form/field.ts";
import { accept, refuse } from "../../../core/domain/outcome.ts";
import { type FilledRack, withoutPlace } from "../../../core/domain/rack/rack.ts";
import { returnFields } from "../../../core/domain/rack/rack-fields.ts";
import { placeLabel } from "../../../core/domain/rack/units.ts";
import { reply } from "../../conversation.ts";
import type { FieldWords } from "../../replies/procedure-words.ts";
import { type Form, noSuggestions } from "../form.ts";
import { deviceQuestion, switchQuestion } from "../inventory/device-question.ts";
import { aboutPlace, placeQuestion, spotMeant } from "./place-question.ts";

/** A device comes to the place that is reserved for it. Its subject: `placeId`. */
export const usePlaceForm: Form = {
  name: "use-place",
  takesNoFiles: true,
  plan: async (db, { subject }) => {
    const label = await labelOf(db, Number(subject.placeId), "reserved");
    if (label === undefined) return undefined;
    const device = await deviceQuestion(db);
    return {
      title: `✅ Pasang perangkat di ${label}`,
      fields: [device.field],
      wordsFor: () => device.words,
      hasReview: false,
      suggestions: noSuggestions,
    };
  },
  submit: async (conversation, { subject, answers }) => {
    const { tx, person, setting } = conversation;
    const assetId = (await findAssetNamed(tx, answers.device ?? ""))?.id ?? 0;
    const used = await useReservedPlace(tx, person, setting, { placeId: Number(subject.placeId), assetId });
    const placed = aboutPlace(used, answers);
    if (!placed.ok) return placed;
    await reply(conversation, { kind: "place", placeId: placed.value, page: 0 });
    return accept(undefined);
  },
};

/** Moves what has a place. Its subject: `placeId`. */
export const movePlaceForm: Form = {
  name: "move-place",
  takesNoFiles: true,
  plan: async (db, { subject, answers }) => {
    const place = await findPresentPlace(db, Number(subject.placeId));
    const label = await labelOf(db, Number(subject.placeId));
    if (place === undefined || label === undefined) return undefined;
    const question = placeQuestion({ ...place, feeds: place.feedIds.length }, await racksWithout(db, place), {
      answers,
      dependsOn: [],
    });
    return {
      title: `↔️ Pindahkan ${place.grounds.name} dari ${label}`,
      fields: question.fields,
      wordsFor: (field) => question.words[field] ?? { label: field, ask: field },
      hasReview: true,
      suggestions: noSuggestions,
    };
  },
  submit: async (conversation, { subject, answers }) => {
    const { tx, person, setting } = conversation;
    const racks = await listRacks(tx);
    const to = spotMeant(answers, racks.length === 1 ? racks[0]?.id : undefined);
    const done = await movePlace(tx, person, setting, { placeId: Number(subject.placeId), to });
    const moved = aboutPlace(done, answers);
    if (!moved.ok) return moved;
    await reply(conversation, { kind: "place", placeId: moved.value, page: 0 });
    return accept(undefined);
  },
};

/** All racks, as if what moves were nowhere. */
async function racksWithout(db: Db, place: StoredPlace): Promise<FilledRack[]> {
  return (await fillRacks(db, await listRacks(db))).map((rack) => withoutPlace(rack, place));
}

/** A device goes back to whom it belongs. Its subject: `placeId`. What follows is the place's page, on which it is history. */
export const returnDeviceForm: Form = {
  name: "return-device",
  takesNoFiles: true,
  plan: async (db, { subject }) => {
    const place = await findListedPlace(db, Number(subject.placeId));
    const label = await labelOf(db, Number(subject.placeId), "occupied");
    if (place === undefined || label === undefined) return undefined;
    return {
      title: `↩️ Keluarkan ${place.name} dari ${label}`,
      fields: returnFields,
      wordsFor: (field) => returnWords[field] ?? { label: field, ask: field },
      hasReview: true,
      consequence:
        "Tempat, daya, dan port switch-nya dibebaskan, dan kabelnya tercatat lepas. Alamat dan nama domain dari tiket yang membawanya, bila ada, dilepaskan.",
      suggestions: noSuggestions,
    };
  },
  submit: async (conversation, { subject, answers }) => {
    const { tx, person, setting } = conversation;
    const placeId = Number(subject.placeId);
    const returned = await returnDevice(tx, person, setting, { placeId, answers });
    if (!returned.ok) return returned;
    await reply(conversation, { kind: "place", placeId, page: 0 });
    return accept(undefined);
  },
};

const returnWords: Record<string, FieldWords> = {
  "record-number": {
    label: "Nomor berita acara",
    ask: "Berapa nomor berita acara (BAST) pengembaliannya? (contoh: 030/17/2026)",
  },
  "record-date": { label: "Tanggal", ask: "Apa tanggalnya? (contoh: 20-11-2026)" },
  "received-by": { label: "Penerima", ask: "Siapa yang menerimanya kembali? (contoh: Rina Wulandari)" },
};

/** Keeps a port of a switch for what has a place. Its subject: `placeId`. */
export const reservePortForm: Form = {
  name: "reserve-port",
  takesNoFiles: true,
  plan: async (db, { subject, answers }) => {
    const label = await labelOf(db, Number(subject.placeId));
    if (label === undefined) return undefined;
    const { field, words, devices } = await switchQuestion(db);
    const chosen = devices.find(({ name }) => name === answers.switch);
    const port: Field = { name: "port", kind: "number", min: 1, max: chosen?.ports ?? 1 };
    const free = chosen === undefined ? [] : await listFreePortsOf(db, chosen);
    return {
      title: `🔌 Pesan port untuk ${label}`,
      fields: [field, port],
      wordsFor: (name) => (name === "switch" ? words : portWords(chosen?.ports ?? 0, free)),
      hasReview: false,
      suggestions: async (_db, { name }) => (name === "port" ? free.slice(0, 6).map(String) : []),
    };
  },
  submit: async (conversation, { subject, answers }) => {
    const { tx, person, setting } = conversation;
    const placeId = Number(subject.placeId);
    const assetId = (await findAssetNamed(tx, answers.switch ?? ""))?.id ?? 0;
    const wanted = { placeId, assetId, port: Number(answers.port) };
    const reserved = await reserveSwitchPort(tx, person, setting, wanted);
    if (!reserved.ok) {
      const { code, values } = reserved.refusal;
      const field = code.startsWith("port-")
        ? { field: "port" }
        : code.startsWith("device-")
          ? { field: "switch" }
          : {};
      return refuse(code, { ...values, ...field });
    }
    await reply(conversation, { kind: "place", placeId, page: 0 });
    return accept(undefined);
  },
};

function portWords(ports: number, free: readonly number[]): FieldWords {
  const example = free[0] ?? 1;
  return {
    label: "Port",
    ask: `Port nomor berapa? ${free.length} dari ${ports} port bebas (contoh: ${example}).`,
  };
}

/** "DC A2 U20-21"; undefined where it has ended, or is another kind of place. */
async function labelOf(db: Db, placeId: number, kind?: StoredPlace["kind"]): Promise<string | undefined> {
  const place = await findListedPlace(db, placeId);
  if (place === undefined || place.endedAt !== null) return undefined;
  return kind === undefined || place.kind === kind ? placeLabel(place) : undefined;
}
