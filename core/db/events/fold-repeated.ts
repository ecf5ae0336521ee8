import type { Events } from "./events.ts";

type Publish = Events["publish"];

/** While a bare event is under way, any number of further ones of its topic become a single one after it. */
export function foldRepeated(publish: Publish): Publish {
  const underWay = new Map<string, Promise<void>>();
  const next = new Map<string, Promise<void>>();

  const send = (topic: string) => {
    const sent = publish(topic).finally(() => underWay.delete(topic));
    underWay.set(topic, sent);
    return sent;
  };

  const sendAfter = (topic: string, current: Promise<void>) => {
    const follow = () => {
      next.delete(topic);
      return send(topic);
    };
    const sent = current.then(follow, follow);
    next.set(topic, sent);
    return sent;
  };

  return (topic, payload) => {
    if (payload !== undefined) return publish(topic, payload);
    const current = underWay.get(topic);
    return current ? (next.get(topic) ?? sendAfter(topic, current)) : send(topic);
  };
}
