import type pg from "pg";
import { Pool } from "pg";
import { Child } from "./load/child.ts";
import { openLoad } from "./load/desk.ts";
import { type Answered, token } from "./load/orders.ts";
import type { Row } from "./report.ts";

const seconds = 15;
const crowds = [1, 20, 200];
const aim = { perSecond: 300, megabytes: 250 };
/** As many as PostgreSQL lets in beside Simpul. */
const mostConnections = 60;

/** How many updates a second are durable and answered, without the limits of sending; beside an echo without a database, and bare commits. */
export async function intake(): Promise<Row[]> {
  const rows: Row[] = [];
  await using load = await openLoad("unlimited");
  const ours: Answered[] = [];
  for (const users of crowds) ours.push(await load.ask({ do: "keep-asking", users, seconds, text: "/menu" }));
  const megabytes = await load.simpul.megabytes();
  const commits: number[] = [];
  for (const users of crowds) commits.push(await measureCommits(load.database, users));
  await load.simpul[Symbol.asyncDispose]();
  const echoes = await measureEcho(load.apiRoot, (users) =>
    load.ask({ do: "keep-asking", users, seconds, text: "halo" }),
  );

  for (const [index, users] of crowds.entries()) {
    const [own, echo, commit = 0] = [ours[index], echoes[index], commits[index]];
    if (own === undefined || echo === undefined) throw new Error("measuring the intake: a crowd is missing");
    rows.push({
      what: `${users} ${users === 1 ? "user" : "users"}`,
      figure: `${rate(own)}; ${times(own)}${unanswered(own)}`,
      compared: `a telegraf echo: ${rate(echo)}, ${times(echo)}; commits of one row: ${Math.round(commit)}/s${users === 200 ? `; aim: ${aim.perSecond}/s` : ""}`,
    });
  }
  rows.push({
    what: "memory of Simpul after it",
    figure: `${Math.round(megabytes)} MB`,
    compared: `aim: ${aim.megabytes} MB`,
  });
  return rows;
}

async function measureEcho(apiRoot: string, ask: (users: number) => Promise<Answered>): Promise<Answered[]> {
  await using echo = new Child("echo-process.ts", [apiRoot, token]);
  await echo.nextLine();
  const answered: Answered[] = [];
  for (const users of crowds) answered.push(await ask(users));
  return answered;
}

/** One row, one commit, each client after its last one is durable. @returns commits a second */
async function measureCommits(config: pg.ClientConfig, clients: number): Promise<number> {
  const pool = new Pool({ ...config, max: Math.min(clients, mostConnections) });
  try {
    await pool.query("create table if not exists bench_commit (id bigint generated always as identity, payload jsonb)");
    let count = 0;
    const begin = performance.now();
    const endAt = begin + seconds * 1000;
    const commit = async () => {
      for (; performance.now() < endAt; count++)
        await pool.query(`insert into bench_commit (payload) values ('{"update_id": 1}')`);
    };
    await Promise.all(Array.from({ length: clients }, commit));
    return (count * 1000) / (performance.now() - begin);
  } finally {
    await pool.end();
  }
}

function rate({ answers, seconds: took }: Answered): string {
  return `${Math.round(answers / took)}/s`;
}

function times({ ms }: Answered): string {
  const at = (part: number) => (ms[Math.min(ms.length - 1, Math.floor(ms.length * part))] ?? Number.NaN).toFixed(1);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`;
}

function unanswered({ unanswered: count }: Answered): string {
  return count === 0 ? "" : `; ${count} not answered`;
}
