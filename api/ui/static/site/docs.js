// Draws the API's pages from our own description of it.
SwaggerUIBundle({ url: "/openapi.json", dom_id: "#swagger", deepLinking: true, supportedSubmitMethods: ["get", "post"] });
