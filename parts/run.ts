import { environmentOfPartOrExit } from "../config/environment-or-exit.ts";
import { isPartName, parts } from "./parts.ts";
import { runProcess } from "./process.ts";

const name = process.argv[2] ?? "";
if (!isPartName(name)) {
  process.stderr.write(`Which part? One of ${Object.keys(parts).join(", ")}, for example npm run bot\n`);
  process.exit(2);
}
const environment = environmentOfPartOrExit();
await runProcess(environment, (running) => parts[name](environment, running));
