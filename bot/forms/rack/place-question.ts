import type { Answers, Field } from "../../../core/domain/form/field.ts";
import { type Outcome, refuseAbout } from "../../../core/domain/outcome.ts";
import { parseSpotKey, type SpotKey, spotKey } from "../../../core/domain/rack/offer-keys.ts";
import { largestFree, type PlaceWish, proposePlaces } from "../../../core/domain/rack/propose-places.ts";
import type { FilledRack } from "../../../core/domain/rack/rack.ts";
import { wishedUnit } from "../../../core/domain/rack/rack-fields.ts";
import { bottomOfUnit, placeLabel, showUnits } from "../../../core/domain/rack/units.ts";
import type { FieldWords } from "../../replies/procedure-words.ts";

/** The choice beside the places that are proposed. */
const byHand = "by-hand";
/** No rack has that number. */
const nowhere: SpotKey = { rackId: 0, bottom: 0 };

/**
 * Where something is put: one of the places that are proposed, or a certain unit, of which first the rack is asked where
 * there are several.
 *
 * @param wish undefined where it is not known yet
 * @param racks from which to choose
 * @param dependsOn questions after which it is asked anew
 */
export function placeQuestion(
  wish: PlaceWish | undefined,
  racks: readonly FilledRack[],
  { answers, dependsOn }: { answers: Answers; dependsOn: readonly string[] },
): { fields: Field[]; words: Record<string, FieldWords> } {
  const proposed = wish === undefined ? [] : proposePlaces(wish, racks);
  const labels = Object.fromEntries(proposed.map((place) => [spotKey(place), `📍 ${place.label}`]));
  const rackLabels = Object.fromEntries(racks.map(({ id, roomCode, code }) => [String(id), `${roomCode} ${code}`]));
  const rack: Field = { name: "rack", kind: "choice", choices: Object.keys(rackLabels), findsByPart: true };
  const wished = racks.length === 1 ? [wishedUnit] : [rack, wishedUnit];
  return {
    fields: [
      { name: "place", kind: "choice", choices: [...Object.keys(labels), byHand], dependsOn },
      ...(answers.place === byHand ? wished : []),
    ],
    words: {
      place: {
        label: "Tempat",
        ask: proposed.length > 0 ? "Di mana? Yang paling cocok lebih dahulu." : nothingFits(wish, racks),
        choices: { ...labelOfChosen(answers.place, wish, racks), ...labels, [byHand]: "✍️ Unit tertentu" },
      },
      rack: { label: "Rak", ask: "Di rak yang mana? Pilih, atau ketik kodenya (contoh: A2).", choices: rackLabels },
      unit: {
        label: "Unit terbawah",
        ask: "Mulai dari unit berapa, dihitung dari bawah? (contoh: U20, atau U20,5 untuk paruh atas unit 20)",
      },
    },
  };
}

/** The place that was meant. @param onlyRackId the rack, where it was not asked */
export function spotMeant({ place = "", rack, unit = "" }: Answers, onlyRackId: number | undefined): SpotKey {
  if (place !== byHand) return parseSpotKey(place) ?? nowhere;
  return { rackId: rack === undefined ? (onlyRackId ?? 0) : Number(rack), bottom: bottomOfUnit(unit) };
}

/** What was chosen may be no longer among what is proposed, and still has its name. */
function labelOfChosen(
  chosen: string | undefined,
  wish: PlaceWish | undefined,
  racks: readonly FilledRack[],
): Record<string, string> {
  if (chosen === undefined || chosen === byHand || wish === undefined) return {};
  const { rackId, bottom } = parseSpotKey(chosen) ?? nowhere;
  const rack = racks.find(({ id }) => id === rackId);
  if (rack === undefined) return {};
  return { [chosen]: `📍 ${placeLabel({ ...wish, bottom, roomCode: rack.roomCode, rackCode: rack.code })}` };
}

function nothingFits(wish: PlaceWish | undefined, racks: readonly FilledRack[]): string {
  const largest = wish === undefined ? 0 : largestFree(wish.face, racks);
  return `Tidak ada tempat dengan ruang dan daya yang cukup. Ruang bebas terbesar untuk sisi itu ${showUnits(largest)}U. Tekan Kembali untuk mengubah tinggi, sisi, atau dayanya.`;
}

/** So that the question is asked again that the refusal is about. */
export function aboutPlace<Value>(done: Outcome<Value>, answers: Answers): Outcome<Value> {
  if (done.ok || done.refusal.values.field !== undefined) return done;
  const field = questionOf(done.refusal.code, answers);
  return field === undefined ? done : refuseAbout(field, done.refusal);
}

function questionOf(code: string, answers: Answers): string | undefined {
  if (["place-taken", "place-outside", "place-is-same"].includes(code)) {
    return answers.place === byHand ? "unit" : "place";
  }
  if (["feed-full", "feeds-too-few", "no-such-rack"].includes(code)) return "place";
  if (["device-unknown", "device-has-place", "device-not-mounted"].includes(code)) return "device";
  if (code === "place-higher-than-rack") return answers.height === undefined ? "place" : "height";
  return undefined;
}
