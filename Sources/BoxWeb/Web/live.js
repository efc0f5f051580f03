// With this script the state renews itself; without it, the reader renews the page. Nothing else differs, but that the
// reader's clock need not be typed.
const live = document.getElementById("live");
if (live && window.EventSource) {
  const source = new EventSource("/live");
  source.onmessage = (event) => { live.innerHTML = event.data; };
}

// Where the box asks for the time, the reader's own clock is filled in, for them to look at and send.
const clock = document.getElementById("clock-form");
if (clock) {
  const two = (number) => String(number).padStart(2, "0");
  const fill = () => {
    const now = new Date();
    const minutes = -now.getTimezoneOffset();
    const size = Math.abs(minutes);
    clock.elements.date.value = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
    clock.elements.clock.value = `${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}`;
    clock.elements.zone.value = `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
  };
  fill();
  const ticking = setInterval(fill, 1000);
  // From then on the reader's word counts.
  clock.addEventListener("input", () => clearInterval(ticking), { once: true });
  document.getElementById("clock-filled").hidden = false;
}
