// Draws the API's pages from our own description of it.
document.documentElement.classList.toggle("dark-mode", matchMedia("(prefers-color-scheme: dark)").matches);
SwaggerUIBundle({ url: "/openapi.json", dom_id: "#swagger", deepLinking: true, supportedSubmitMethods: ["get", "post"] });
