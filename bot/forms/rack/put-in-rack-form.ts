import { mountDevice, reservePlace } from "../../../core/actions/rack/place-device.ts";
import { findAssetNamed } from "../../../core/db/inventory/assets.ts";
import { findOfficeByCode } from "../../../core/db/people/offices.ts";
import { fillRacks, findRack, listRacks } from "../../../core/db/rack/racks.ts";
import type { Db } from "../../../core/db/tables.ts";
import type { Answers, Field } from "../../../core/domain/form/field.ts";
import { groundsFields, reservedUntil } from "../../../core/domain/ipam/grounds.ts";
import { accept } from "../../../core/domain/outcome.ts";
import type { Face } from "../../../core/domain/rack/place.ts";
import type { PlaceWish } from "../../../core/domain/rack/propose-places.ts";
import type { FilledRack } from "../../../core/domain/rack/rack.ts";
import { deviceFields } from "../../../core/domain/rack/rack-fields.ts";
import { halvesOfHeight } from "../../../core/domain/rack/units.ts";
import { reply } from "../../conversation.ts";
import type { FieldWords } from "../../replies/procedure-words.ts";
import type { Form } from "../form.ts";
import { deviceQuestion } from "../inventory/device-question.ts";
import { officeQuestion } from "../people/office-question.ts";
import { aboutPlace, placeQuestion, spotMeant } from "./place-question.ts";

const [nameField, basisField] = groundsFields;

const words: Record<string, FieldWords> = {
  name: { label: "Untuk", ask: "Dipesan untuk perangkat apa? (contoh: Server SIMPEG)" },
  height: { label: "Tinggi", ask: "Berapa U tingginya? (contoh: 2, atau 1,5)" },
  face: {
    label: "Sisi",
    ask: "Memakai sisi rak yang mana?",
    choices: { front: "Depan saja", back: "Belakang saja", full: "Depan dan belakang" },
  },
  watts: {
    label: "Daya",
    ask: "Berapa watt daya terbesarnya? Tulis 0 bila tidak memakai listrik (contoh: 450).",
  },
  feeds: {
    label: "Jalur daya",
    ask: "Dipasang pada berapa jalur daya? Pada dua jalur, dayanya dihitung penuh di keduanya: bila satu mati, yang lain menanggung semuanya.",
    choices: { "1": "1 jalur", "2": "2 jalur" },
  },
  basis: { label: "Dasar", ask: "Apa dasarnya: nomor tiket atau nomor surat? (contoh: T-0042 atau 555/210/2026)" },
  until: {
    label: "Dipesan sampai",
    ask: "Dipesan sampai hari apa? Hari itu masih termasuk; sesudahnya tempatnya bebas lagi (contoh: 30-11-2026).",
  },
};

const suggested: Record<string, readonly string[]> = { height: ["1", "2", "4"], watts: ["0", "300", "500", "750"] };

/**
 * Puts a device of the inventory into a rack, or reserves a place. Its subject: `as`, and `rackId` where it is a certain
 * one. What follows is the place's page.
 */
export const putInRackForm: Form = {
  name: "put-in-rack",
  takesNoFiles: true,
  plan: async (db, { subject, answers }) => {
    const racks = await racksOf(db, subject.rackId);
    if (racks.length === 0) return undefined;
    const isReserved = subject.as === "reserved";
    const device = await deviceQuestion(db);
    const office = await officeQuestion(db, "Untuk perangkat daerah mana?");
    const dependsOn = ["height", "face", "watts", "feeds"];
    const place = placeQuestion(wishOf(answers), racks, { answers, dependsOn });
    const what: Field[] = isReserved ? [nameField, office.field] : [device.field];
    const own: Record<string, FieldWords> = { ...words, ...place.words, device: device.words, office: office.words };
    const [only] = racks.length === 1 ? racks : [];
    const where = only === undefined ? "" : ` di rak ${only.roomCode} ${only.code}`;
    return {
      title: `${isReserved ? "🔖 Pesan tempat" : "📥 Pasang perangkat"}${where}`,
      fields: [...what, ...deviceFields(answers), ...place.fields, basisField, ...(isReserved ? [reservedUntil] : [])],
      wordsFor: (field) => own[field] ?? { label: field, ask: field },
      hasReview: true,
      suggestions: async (_db, field) => suggested[field.name] ?? [],
    };
  },
  submit: async (conversation, draft) => {
    const { tx, person, setting } = conversation;
    const { device = "", office = "", place, rack, unit, feeds, ...others } = draft.answers;
    // An answer from before, when it still needed power.
    const answers = feeds === undefined || others.watts === "0" ? others : { ...others, feeds };
    const racks = await racksOf(tx, draft.subject.rackId);
    const spot = spotMeant(draft.answers, racks.length === 1 ? racks[0]?.id : undefined);
    const asked = { ...spot, answers };
    const done =
      draft.subject.as === "reserved"
        ? await reservePlace(tx, person, setting, { ...asked, officeId: (await findOfficeByCode(tx, office)).id })
        : await mountDevice(tx, person, setting, { ...asked, assetId: (await findAssetNamed(tx, device))?.id ?? 0 });
    const placed = aboutPlace(done, draft.answers);
    if (!placed.ok) return placed;
    await reply(conversation, { kind: "place", placeId: placed.value, page: 0 });
    return accept(undefined);
  },
};

/** That one, or all that there are. */
async function racksOf(db: Db, rackId: string | number | undefined): Promise<FilledRack[]> {
  if (rackId === undefined) return fillRacks(db, await listRacks(db));
  const rack = await findRack(db, Number(rackId));
  return rack === undefined || rack.isRemoved ? [] : fillRacks(db, [rack]);
}

/** As soon as all of it is answered. */
function wishOf({ height, face, watts, feeds }: Answers): PlaceWish | undefined {
  if (height === undefined || face === undefined || watts === undefined) return undefined;
  if (watts !== "0" && feeds === undefined) return undefined;
  const count = watts === "0" ? 0 : Number(feeds);
  return { height: halvesOfHeight(height), face: face as Face, watts: Number(watts), feeds: count };
}
