"""Ways to run a page elsewhere: only those that _config.yml names an address for."""

from urllib.parse import quote, urlsplit


def read_settings(app, config):
    """What Jupyter Book hands to a theme of its own."""
    options = config.html_theme_options
    config.html_context["ways"] = {
        "repository": (options.get("repository_url") or "").rstrip("/"),
        "branch": options.get("repository_branch") or "main",
        "folder": (options.get("path_to_docs") or "").strip("/"),
        **{
            name: (options.get("launch_buttons", {}).get(f"{name}_url") or "").rstrip("/")
            for name in ("colab", "binderhub", "jupyterlite")
        },
    }


def links(ways, source):
    """Name and address of each way to run or read the notebook at `source`."""
    path = quote(f"{ways['folder']}/{source}".lstrip("/"))
    if ways["jupyterlite"]:
        yield "Run it in JupyterLite", f"{ways['jupyterlite']}/lab/index.html?path={path}"
    repository, branch = ways["repository"], quote(ways["branch"])
    if not repository:
        return
    name = urlsplit(repository).path.strip("/")
    if ways["colab"]:
        yield "Run it in Colab", f"{ways['colab']}/github/{name}/blob/{branch}/{path}"
    if ways["binderhub"]:
        yield (
            "Run it on Binder",
            f"{ways['binderhub']}/v2/gh/{name}/{branch}?urlpath=lab/tree/{path}",
        )
    yield "Read its source", f"{repository}/blob/{branch}/{path}"


def offer(app, pagename, templatename, context, doctree):
    is_page = pagename in app.env.all_docs
    source = app.env.doc2path(pagename, base=False) if is_page else ""
    runs = str(source).endswith(".ipynb")
    context["runs_in"] = list(links(context["ways"], str(source))) if runs else []


def setup(app):
    app.connect("config-inited", read_settings, priority=400)  # before the theme drops them
    app.connect("html-page-context", offer)
