import type { StackContext } from "./context.ts";
import { StackFault } from "./fault.ts";
import { runPulumi } from "./run-pulumi.ts";

/** Makes the stack in Pulumi's state where what is to be done finds none, and does it again. */
export async function withStack<Done>(context: StackContext, stack: string, act: () => Promise<Done>): Promise<Done> {
  try {
    return await act();
  } catch (fault) {
    if (!(fault instanceof StackFault) || fault.reason !== "no-stack") throw fault;
    await runPulumi(context, stack, ["stack", "init"], { doing: `making stack ${stack}` });
    return act();
  }
}
