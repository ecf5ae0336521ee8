import { chaos } from "./chaos.ts";
import { chaosHosting } from "./chaos-hosting.ts";
import { desk } from "./desk.ts";
import { intake } from "./intake.ts";
import { ipam } from "./ipam.ts";
import { latency } from "./latency.ts";
import { links } from "./links.ts";
import { profile } from "./profile.ts";
import { provision } from "./provision.ts";
import { type Row, writeReport } from "./report.ts";
import { sender } from "./sender.ts";
import { start } from "./start.ts";

/** `npm run bench` runs every benchmark, `npm run bench -- NAME` one of them; the figures go into bench/README.md. */
const benchmarks: Record<string, () => Promise<Row[] | undefined>> = {
  start,
  desk,
  intake,
  profile,
  latency,
  sender,
  ipam,
  provision,
  links,
  chaos,
  "chaos-hosting": chaosHosting,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in benchmarks));
if (unknown.length > 0) {
  console.error(`no such benchmark: ${unknown.join(", ")}; there are ${Object.keys(benchmarks).join(", ")}`);
  process.exit(2);
}
for (const [name, measure] of Object.entries(benchmarks)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`measuring ${name}…`);
  const rows = await measure();
  if (rows !== undefined) console.log(await writeReport(name, rows));
}
