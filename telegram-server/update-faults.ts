import { shuffled } from "./fault-draws.ts";
import type { FaultsInside } from "./faults.ts";
import { isObject } from "./parameters.ts";
import type { Change } from "./state.ts";
import type { Update } from "./types.ts";

type Queued = Extract<Change, { change: "update" }>;

export type UpdateFaults = {
  /** Whether the update comes later; then `queue` is called with it. Until then it is in no journal. */
  holdBack(change: Queued, queue: (change: Queued) => void): boolean;
  /** What of `queued` is given now, at most `limit`: perhaps in another order, and with what was given before once more. */
  arrange(queued: readonly Update[], limit: number): Update[];
  /** How often a webhook gets the update. */
  deliveriesOf(update: Update): 1 | 2;
};

export function openUpdateFaults(faults: FaultsInside): UpdateFaults {
  /** Given once, to be given again with what is given next; and how to call off that this ends with its rule. */
  const again = new Map<Update, () => void>();

  function takeRepeated(limit: number): Update[] {
    const taken = [...again].slice(0, limit);
    for (const [update, callOff] of taken) {
      again.delete(update);
      callOff();
    }
    return taken.map(([update]) => update);
  }

  return {
    holdBack(change, queue) {
      const happening = faults.decide({ moment: "queued", chat: chatOfUpdate(change.update) });
      if (happening === undefined) return false;
      const release = () => {
        clearTimeout(timer);
        callOff();
        queue(change);
      };
      const callOff = happening.untilItEnds(release);
      const timer = setTimeout(release, (happening.hit.rule.delaySeconds ?? 0) * 1000);
      return true;
    },
    arrange(queued, limit) {
      const repeated = takeRepeated(limit);
      const given = queued.slice(0, limit - repeated.length);
      for (const update of given) {
        const happening = faults.decide({ moment: "given", chat: chatOfUpdate(update) });
        if (happening !== undefined)
          again.set(
            update,
            happening.untilItEnds(() => again.delete(update)),
          );
      }
      const all = [...repeated, ...given];
      const reordered = all.length < 2 ? undefined : faults.decide({ moment: "batch" });
      return reordered === undefined ? all : shuffled(all, reordered.hit.draw);
    },
    deliveriesOf(update) {
      return faults.decide({ moment: "delivery", chat: chatOfUpdate(update) }) === undefined ? 1 : 2;
    },
  };
}

function chatOfUpdate(update: Update): number | undefined {
  for (const content of Object.values(update)) {
    if (!isObject(content)) continue;
    const { chat } = isObject(content.message) ? content.message : content;
    if (isObject(chat) && typeof chat.id === "number") return chat.id;
  }
  return undefined;
}
