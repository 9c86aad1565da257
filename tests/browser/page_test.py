# SPDX-License-Identifier: Apache-2.0
"""The page of `sloop bench --html` in a real browser: charts are drawn, numbers are there, nothing complains.

Environment: EXAMPLE_PAGE, a program that prints the page; or PAGE, the file of one.
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import chromium

PROGRAM = chromium.find()
# What is visible of every chart: its place, and the shapes and texts in it that have a size.
CHARTS = """[...document.querySelectorAll('figure svg')].map(svg => {
  const drawn = [...svg.querySelectorAll('rect,path,line,circle,polyline')].filter(shape => {
    const box = shape.getBoundingClientRect(), style = getComputedStyle(shape);
    return box.width + box.height > 0 && (style.fill !== 'none' || style.stroke !== 'none');
  });
  const texts = [...svg.querySelectorAll('text')].filter(text => text.getBoundingClientRect().width > 0);
  const box = svg.getBoundingClientRect();
  return {width: box.width, height: box.height, shapes: drawn.length, texts: texts.map(text => text.textContent).join(' ')};
})"""


class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.page = os.environ.get("PAGE")
        if not cls.page:
            cls.page = os.path.join(cls.folder.name, "page.html")
            with open(cls.page, "w") as file:
                subprocess.run([os.environ["EXAMPLE_PAGE"]], stdout=file, check=True)
        cls.browser = chromium.Chromium(PROGRAM).__enter__()
        cls.browser.open(pathlib.Path(cls.page).resolve().as_uri())

    @classmethod
    def tearDownClass(cls):
        cls.browser.__exit__()
        cls.folder.cleanup()

    def test_every_chart_is_drawn_with_shapes_and_numbers(self):
        charts = self.browser.evaluate(CHARTS)
        self.assertGreaterEqual(len(charts), 4)
        for chart in charts:
            self.assertGreater(chart["width"], 200, chart)
            self.assertGreater(chart["height"], 100, chart)
            self.assertGreater(chart["shapes"], 4, chart)
            self.assertRegex(chart["texts"], r"\d")

    def test_every_cell_of_the_figures_holds_a_number_or_a_dash(self):
        cells = self.browser.evaluate("""[...document.querySelectorAll('[role=region] tbody td')].map(
          cell => cell.innerText.trim())""")
        self.assertGreater(len(cells), 20)
        self.assertEqual([cell for cell in cells if cell != "–" and not any(c.isdigit() for c in cell)], [])

    def test_the_page_fits_a_narrow_window_without_scrolling_sideways(self):
        self.browser.call("Emulation.setDeviceMetricsOverride", width=400, height=800, deviceScaleFactor=1, mobile=False)
        try:
            self.assertLessEqual(self.browser.evaluate("document.documentElement.scrollWidth"), 400)
        finally:
            self.browser.call("Emulation.clearDeviceMetricsOverride")

    def test_the_console_is_silent(self):
        self.browser.evaluate("document.title")  # what was said before is here now
        self.assertEqual(self.browser.complaints, [])


class Console(unittest.TestCase):
    def test_a_complaint_would_be_seen(self):
        with tempfile.NamedTemporaryFile("w", suffix=".html") as file, chromium.Chromium(PROGRAM) as browser:
            file.write("<script>console.error('odd'); nothing.at.all;</script>")
            file.flush()
            browser.open(pathlib.Path(file.name).as_uri())
            self.assertEqual(len(browser.complaints), 2, browser.complaints)


if __name__ == "__main__":
    if PROGRAM is None:
        print("skipped: no Chromium here (apt-get install chromium, or ./dev check browser)")
        sys.exit(77)
    unittest.main(verbosity=2)
