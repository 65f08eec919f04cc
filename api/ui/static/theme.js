// Classic and blocking on purpose: it sets the theme before the first paint, so nothing flashes.
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const saved = () => {
    try {
      return localStorage.getItem("portside.theme");
    } catch {
      return null; // storage is closed to frames on some browsers
    }
  };
  const apply = () => {
    root.dataset.bsTheme = saved() || (dark.matches ? "dark" : "light");
  };
  apply();
  dark.addEventListener("change", apply);
  addEventListener("storage", apply);
  addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-theme-toggle]");
    if (!button) return;
    const next = root.dataset.bsTheme === "dark" ? "light" : "dark";
    try {
      localStorage.setItem("portside.theme", next);
    } catch {
      // remembered for this page only
    }
    root.dataset.bsTheme = next;
  });
})();
