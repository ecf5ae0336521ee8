import http from "node:http";
import https from "node:https";

/** Far above what Telegram answers: a hundred updates of the longest messages are a few megabytes. */
const largestAnswerBytes = 16 * 1024 * 1024;

const asTelegrafHasIt = { keepAlive: true, keepAliveMsecs: 10_000 };
/** A server of Node closes a connection that was idle for 5 seconds; a message sent over it at that moment would be lost. */
const asNodeHasIt = { keepAlive: true, scheduling: "lifo", timeout: 5_000 } as const;

type AddRequest = (request: http.ClientRequest, ...rest: unknown[]) => void;

/**
 * Connections over which no answer comes that would fill the memory. telegraf reads an answer whole, however long it is, and
 * unpacks what says that it is packed; and between Telegram and us there may be somebody's proxy. So nothing packed is asked for
 * or taken, and an answer that goes on is cut off: the call fails as one to which no answer came.
 */
export function openBoundedAgent(apiRoot: string): http.Agent {
  const agent = apiRoot.startsWith("http://") ? new http.Agent(asNodeHasIt) : new https.Agent(asTelegrafHasIt);
  // Node's own way for an agent to get a request, before anything is sent; its types do not have it.
  const connections = agent as http.Agent & { addRequest: AddRequest };
  const addRequest = connections.addRequest.bind(connections);
  connections.addRequest = (request, ...rest) => {
    request.setHeader("accept-encoding", "identity");
    request.once("response", (response) => boundAnswer(request, response));
    addRequest(request, ...rest);
  };
  return agent;
}

function boundAnswer(request: http.ClientRequest, response: http.IncomingMessage): void {
  const { "content-encoding": packed = "identity" } = response.headers;
  if (packed !== "identity") {
    request.destroy(new Error("the answer is packed"));
    return;
  }
  let sizeBytes = 0;
  response.on("data", (chunk: Buffer) => {
    sizeBytes += chunk.length;
    if (sizeBytes > largestAnswerBytes) request.destroy(new Error("the answer does not end"));
  });
}
