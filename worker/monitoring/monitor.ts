import type { AskedCheck } from "../../core/actions/monitoring/look-around.ts";
import type { Recheck, Recorded } from "../../core/actions/monitoring/record-samples.ts";
import type { Check, CheckSettings } from "../../core/domain/monitoring/check.ts";
import type { NameFound } from "../../core/domain/monitoring/check-name.ts";

/** Who asks the network. */
export type Monitor = {
  /** Begins to ask each check at its turn. */
  watch(options: {
    /** Takes what was found, one call after the other; what it throws on comes again. */
    onSamples: (samples: Recorded["samples"], uplink: Recorded["uplink"]) => Promise<readonly Recheck[]>;
    onFault: (fault: unknown, doing: string) => void;
  }): {
    replace(checks: readonly AskedCheck[]): void;
    /** The monitor's own way out, as it is now, or, where that is not needed, as it was found last. */
    lookAtUplink(isNeeded: boolean): Promise<Recorded["uplink"]>;
    /** How many checks began more than a second after their turn. */
    countLate(): number;
    stop(): Promise<void>;
  };
  /** Asks these once, now. @returns "playground": what is played is somewhere else, and nobody was asked */
  ask(checks: readonly Check[], signal: AbortSignal): Promise<Recorded | "playground">;
  /** Whether the names of these lead to where they may be asked, in their order. After `signal` nobody knows. */
  findNames(all: readonly CheckSettings[], signal: AbortSignal): Promise<NameFound[]>;
};
