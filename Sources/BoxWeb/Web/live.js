// With this script the state renews itself; without it, the reader renews the page. Nothing else differs.
const live = document.getElementById("live");
if (live && window.EventSource) {
  const source = new EventSource("/live");
  source.onmessage = (event) => { live.innerHTML = event.data; };
}
