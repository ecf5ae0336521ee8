import type { Parameters } from "../parameters.ts";
import type { World } from "../world.ts";

export type Call = {
  parameters: Parameters;
  /** aborted when the caller hangs up */
  gone: AbortSignal;
};

/** One method of the Bot API: gives its `result`, throws a Refusal. */
export type Method = (world: World, call: Call) => unknown;
