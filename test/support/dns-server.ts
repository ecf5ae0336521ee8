import { createSocket } from "node:dgram";
import { once } from "node:events";
import { decode, encode, type Question, RECURSION_DESIRED } from "dns-packet";

/** What a name leads to: addresses of both families, nothing, a failure of the server, or no answer at all. */
export type DnsAnswer = string[] | "failure" | "silence";

export type DnsServer = {
  /** "127.0.0.1:5353" */
  address: string;
  /** by name; one that is not in it does not exist. A function is called for each question */
  answers: Map<string, DnsAnswer | ((question: Question) => DnsAnswer)>;
  close: () => void;
};

const notFound = 3;
const serverFailure = 2;

/** A name server of the test's own, on a loopback port. */
export async function openDnsServer(): Promise<DnsServer> {
  const answers: DnsServer["answers"] = new Map();
  const server = createSocket("udp4");
  server.on("message", (bytes, { port, address }) => {
    const { id = 0, questions = [] } = decode(bytes);
    const [question] = questions;
    if (question === undefined) return;
    const given = answers.get(question.name);
    const found = typeof given === "function" ? given(question) : given;
    if (found !== "silence") server.send(replyTo(id, question, found), port, address);
  });
  server.bind(0, "127.0.0.1");
  await once(server, "listening");
  return { address: `127.0.0.1:${server.address().port}`, answers, close: () => server.close() };
}

function replyTo(id: number, question: Question, found: string[] | "failure" | undefined): Buffer {
  const code = found === undefined ? notFound : found === "failure" ? serverFailure : 0;
  const type = question.type === "AAAA" ? "AAAA" : "A";
  const fitting = Array.isArray(found) ? found.filter((each) => each.includes(":") === (type === "AAAA")) : [];
  return encode({
    ...{ type: "response", id, flags: RECURSION_DESIRED | code, questions: [question] },
    answers: fitting.map((data) => ({ type, name: question.name, ttl: 1, data })),
  });
}
