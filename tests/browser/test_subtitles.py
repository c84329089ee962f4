"""Chromium shows the words of a stored file of subtitles that the transcript says, at the same times."""

from itertools import groupby

import pytest

from lernnetzwerk.formats.subtitles.webvtt import normalised, parse
from tests.factories import SPOKEN
from tests.files.test_subtitles import PLAYED, ROLLING, SUBRIP, VOICES, vtt

pytestmark = pytest.mark.walk

SHOWN = """async text => {
  const video = document.createElement("video"), track = document.createElement("track")
  track.src = URL.createObjectURL(new Blob([text], { type: "text/vtt" }))
  video.append(track)
  document.body.append(video)
  track.track.mode = "hidden"
  await new Promise((loaded, failed) => Object.assign(track, { onload: loaded, onerror: failed }))
  const words = cue => cue.getCueAsHTML().textContent.split(/\\s+/).filter(Boolean).join(" ")
  return [...track.track.cues].map(cue => [cue.startTime, cue.endTime, words(cue)])
}"""
FILES = {
    **{name: vtt(*lines.split("|")) for name, (lines, _cues) in PLAYED.items()},
    "rolling": vtt("Kind: captions", ROLLING),
    "voices": vtt(*VOICES),
    "subrip": SUBRIP.encode(),
    "two cues": SPOKEN.encode(),
}


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_chromium_shows_what_the_transcript_says(page, data):
    cues = parse(normalised(data))
    said = [
        [begin / 1000, end / 1000, " ".join(cue.text for cue in together)]
        for (begin, end), together in groupby(cues, lambda cue: (cue.begin, cue.end))
    ]

    assert page.evaluate(SHOWN, normalised(data).decode()) == said
