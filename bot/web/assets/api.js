// What the pages ask the service.

const PATIENCE_MS = 40000; // a turn may take 20 s, and then another waits before it

export async function call(method, path, body) {
  const response = await fetch(path, {
    method,
    headers: body ? { "Content-Type": "application/json" } : {},
    body: body ? JSON.stringify(body) : undefined,
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  throw Object.assign(new Error(answer.message || `服务回答 ${response.status}`), { code: answer.code });
}

// Errors of the browser are English; these are what a person can do something with.
export function reason(error) {
  if (error.name === "TimeoutError") return "等了很久没有回答，请稍后再试。";
  if (error instanceof TypeError) return "连不上服务，请检查网络。";
  return error.message;
}

// crypto.randomUUID is missing where the page came over plain HTTP.
export function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
