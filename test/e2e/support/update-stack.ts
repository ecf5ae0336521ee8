import { openStacks } from "../../../infra/stacks/context.ts";
import type { PulumiSettings } from "../../../infra/stacks/tool.ts";
import { updateStack } from "../../../infra/stacks/update.ts";

/** A process that updates a stack, to be killed in the middle of it: it prints each thing that has begun. */
const [settings = "", stack = ""] = process.argv.slice(2);
const context = await openStacks(JSON.parse(settings) as PulumiSettings);
await updateStack(context, stack, { onProgress: ({ name, what }) => process.stdout.write(`${name} ${what}\n`) });
