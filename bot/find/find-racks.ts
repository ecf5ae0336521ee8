import { listRacks } from "../../core/db/rack/racks.ts";
import { listRooms } from "../../core/db/rack/rooms.ts";
import { cleanLine } from "../../core/domain/form/text.ts";
import { accept, type Outcome, refuse } from "../../core/domain/outcome.ts";
import type { Rack } from "../../core/domain/rack/rack.ts";
import { refusalOfLookingAtRacks } from "../../core/domain/rack/rack-rules.ts";
import { bottomOfUnit, highestRackU, parseUnit } from "../../core/domain/rack/units.ts";
import { type Conversation, reply } from "../conversation.ts";

/** Opens the rack that was meant, "A2" or "DC A2", one unit of it, "DC A2 U20", or a room, "DC". */
export async function findRacks(conversation: Conversation, entered: string): Promise<Outcome> {
  const mayLook = refusalOfLookingAtRacks(conversation.person);
  if (!mayLook.ok) return mayLook;
  const words = cleanLine(entered).toUpperCase().split(" ");
  const room = (await listRooms(conversation.tx)).find(({ code }) => code === words.join(" "));
  const racks = await listRacks(conversation.tx);
  const [rack, ...others] = meant(racks, words);
  if (rack !== undefined && others.length === 0) {
    await reply(conversation, { kind: "rack", rackId: rack.id, page: 0 });
    return accept();
  }
  if (rack !== undefined)
    return refuse("rack-ambiguous", { racks: [rack, ...others].map(nameOf).join(", "), example: nameOf(rack) });
  if (room === undefined) return openUnit(conversation, racks, words, entered);
  await reply(conversation, { kind: "room", roomId: room.id, page: 0 });
  return accept();
}

/** Of a rack that is named before it. */
async function openUnit(
  conversation: Conversation,
  racks: readonly Rack[],
  words: readonly string[],
  entered: string,
): Promise<Outcome> {
  const [rack, ...others] = meant(racks, words.slice(0, -1));
  const example = racks[0] === undefined ? "DC A2" : nameOf(racks[0]);
  if (rack === undefined || others.length > 0) return refuse("rack-not-found", { entered, example });
  const unit = parseUnit(words.at(-1) ?? "");
  if (!unit.ok) return unit;
  const bottom = bottomOfUnit(unit.value);
  if (bottom >= rack.heightU * 2) return refuse("unit-out-of-range", { most: Math.min(rack.heightU, highestRackU) });
  await reply(conversation, { kind: "rack-unit", rackId: rack.id, bottom, page: 0 });
  return accept();
}

/** By its code, or with that of its room before it. */
function meant(racks: readonly Rack[], words: readonly string[]): Rack[] {
  return racks.filter((rack) => words.join(" ") === rack.code || words.join(" ") === nameOf(rack));
}

function nameOf({ roomCode, code }: Rack): string {
  return `${roomCode} ${code}`;
}
