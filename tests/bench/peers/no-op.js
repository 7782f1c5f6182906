// Answers, and does nothing else.
export default {
  fetch: () => new Response("ok\n"),
};
