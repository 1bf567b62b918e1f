import { type HtmlNode, node } from "../../bubble/html-node.ts";
import type { ShownRequest, ShownSend } from "../inbox/shapes.ts";

/** Why a message was sent and how: its delivery, what Posthorn told of it, and the raw request. */
export function whyNodes(sent: ShownSend, request: ShownRequest | string): readonly HtmlNode[] {
  return [factsNode(sent), ...strangerNode(sent), requestNode(request)];
}

function factsNode({ deliveryId, messageId, answer, about }: ShownSend): HtmlNode {
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    ["Campaign", about?.campaign],
    ["Because of", about?.occurrence],
    ["In the segment", about?.segment],
    ["Variant", about?.variant],
    ["Commit", about?.commit],
    ["Run", about?.run],
    ["Delivery id", deliveryId ?? "none: message.metadata is empty"],
    ["Message id", messageId ?? "none: it did not reach the person"],
    ["Answer", answer],
  ];
  const known = facts.filter(([, value]) => value !== null && value !== undefined);
  return node(
    "dl",
    "facts",
    known.flatMap(([name, value]) => [
      node("dt", {}, [name]),
      node("dd", { dir: "auto" }, [value ?? ""]),
    ]),
  );
}

function strangerNode({ about }: ShownSend): readonly HtmlNode[] {
  if (about !== null) return [];
  const text =
    "The sender did not say which campaign this belongs to. Posthorn's apply tells it to a " +
    "sandbox; the sandbox itself reads no ledger.";
  return [node("p", "note", [text])];
}

function requestNode(request: ShownRequest | string): HtmlNode {
  if (typeof request === "string") return node("p", "note", [request]);
  const { method, path, body, params } = request;
  const note = body === "form" ? "Sent as form fields; here as JSON." : null;
  const text = `${method} ${path}\n\n${JSON.stringify(params, null, 2)}`;
  return node("div", "request", [
    note === null ? null : node("p", "note", [note]),
    node("pre", { tabindex: "0", "aria-label": "Raw request", role: "region" }, [text]),
  ]);
}
