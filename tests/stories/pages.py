"""A colleague at a browser, without the browser: opens pages, fills in their forms, sends them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx


@dataclass
class Form:
    """A form as it stands on a page, with what is filled in already."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.found, self._text, self._select = [], "", ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.found.append(Form(given.get("action") or ""))
        if not self.found:
            return
        form, name = self.found[-1], given.get("name") or ""
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            self._text = name
            form.fields[name] = ""
        elif tag == "option":
            self._offer(form, self._select, given, "selected")
        elif tag in {"input", "button"} and name:
            self._meet(form, tag, name, given)

    def _meet(self, form, tag, name, given):
        if tag == "button" or given.get("type") in {"radio", "checkbox"}:
            self._offer(form, name, given, "checked")
        else:
            form.fields[name] = given.get("value") or ""

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._text = ""

    def handle_data(self, data):
        if self._text:
            form = self.found[-1]
            # A browser leaves out the line break that follows the tag.
            form.fields[self._text] += data if form.fields[self._text] else data.removeprefix("\n")

    @staticmethod
    def _offer(form, name, given, mark):
        form.choices.setdefault(name, []).append(given.get("value") or "")
        if mark in given:
            form.fields[name] = given.get("value") or ""


class Colleague:
    """Somebody signed in, who does only what pages offer."""

    def __init__(self, base):
        self.http = httpx.Client(base_url=base, follow_redirects=True, trust_env=False, timeout=90)

    def close(self):
        self.http.close()

    def open(self, path):
        answer = self.http.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.text

    def press(self, path, action, files=None, **filled):
        """Open a page, fill in its form that leads to `action`, and send it."""
        forms = [form for form in _Forms(self.open(path)).found if (form.action or path) == action]
        assert forms, f"{path} has no form that leads to {action}"
        [form] = forms[:1]
        unknown = set(filled) - set(form.fields) - set(form.choices)
        assert not unknown, f"the form has no {unknown}: {form}"
        for name, value in filled.items():
            for one in value if isinstance(value, list) else [value]:
                assert one in form.choices.get(name, [one]), (name, one, form.choices[name])
        answer = self.http.post(
            action, data={**form.fields, **filled}, files=files, headers={"Referer": path}
        )
        assert answer.status_code == 200, (action, answer.status_code)
        assert answer.history, f"{action} did not take it: {answer.text}"
        return answer
