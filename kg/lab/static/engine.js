// The store behind the page: begun from what the file carries, asked by messages, ended where an answer takes too long.

const known = JSON.parse(document.getElementById("known").textContent);

const engine = (() => {
  const address = URL.createObjectURL(
    new Blob([JSON.parse(document.getElementById("worker").textContent)], { type: "text/javascript" })
  );
  let module = null, worker = null, waiting = new Map(), last = 0;

  async function compiled() {
    const packed = Uint8Array.from(atob(document.getElementById("wasm").textContent.trim()), (char) => char.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    return WebAssembly.compile(await new Response(stream).arrayBuffer());
  }

  /** Begin a store of the file's graph; how many statements it holds. */
  async function begin() {
    module ??= await compiled();
    worker = new Worker(address);
    worker.onmessage = ({ data: { id, answer, error } }) => {
      const { kept, refused } = waiting.get(id);
      waiting.delete(id);
      if (error === undefined) kept(answer);
      else refused(new Error(error));
    };
    worker.onerror = (event) => stopped(event.message);
    return call("open", { module, trig: document.getElementById("trig").textContent, evidence: known.evidence });
  }

  function call(task, given) {
    const id = ++last;
    return new Promise((kept, refused) => {
      waiting.set(id, { kept, refused });
      worker.postMessage({ id, task, ...given });
    });
  }

  function stopped(why) {
    worker.terminate();
    const left = waiting;
    waiting = new Map();
    left.forEach(({ refused }) => refused(new Error(why)));
  }

  /** End what runs, and begin anew: the store lives in the thread that is ended. */
  function stop() {
    stopped("stopped");
    return begin();
  }

  return { begin, call, stop };
})();
