"""Findings about recordings that some browsers do not play."""

from collections.abc import Iterator

from lernnetzwerk.reading.models import Reading

# Current Chrome, Edge, Firefox and Safari play these, wherever they run.
PLAYED = ("avc1", "avc3", "vp08", "vp09", "mp4a", "Opus", "fLaC", ".mp3", "V_VP8", "V_VP9", "A_OPUS", "A_VORBIS")
UNUSUAL_H264 = {"6e": "H.264 mit 10 Bit", "7a": "H.264 mit 4:2:2", "f4": "H.264 mit 4:4:4"}  # profile_idc
NAMES = {
    **dict.fromkeys(("hvc1", "hev1", "V_MPEGH/ISO/HEVC"), "H.265 (HEVC)"),
    **dict.fromkeys(("dvh1", "dvhe"), "Dolby Vision"),
    **dict.fromkeys(("av01", "V_AV1"), "AV1"),
    **dict.fromkeys(("vvc1", "vvi1"), "H.266 (VVC)"),
    **dict.fromkeys(("mp4v", "V_MPEG4/ISO/ASP"), "MPEG-4 (DivX, Xvid)"),
    **dict.fromkeys(("s263", "h263", "H263"), "H.263"),
    **dict.fromkeys(("jpeg", "mjpa", "mjpb", "mjpg"), "Motion JPEG"),
    **dict.fromkeys(("apcn", "apch", "apcs", "apco", "ap4h", "ap4x"), "Apple ProRes"),
    **dict.fromkeys(("ac-3", "ec-3", "A_AC3", "A_EAC3"), "Dolby-Ton"),
    **dict.fromkeys(("samr", "sawb"), "AMR-Ton"),
    **dict.fromkeys(("twos", "sowt", "lpcm", "ipcm", "fpcm", "in24", "A_PCM/INT/LIT"), "unkomprimierter Ton"),
    "alac": "Apple-Lossless-Ton",
    "V_MPEG4/ISO/AVC": "H.264 in WebM",
    "A_AAC": "AAC-Ton in WebM",
}
ADVICE = (
    "Bitte als MP4 mit H.264 und AAC speichern, etwa mit dem Programm HandBrake. Am iPhone für künftige Aufnahmen: "
    "Einstellungen → Kamera → Formate → Maximale Kompatibilität."
)


def findings(reading: Reading) -> Iterator[tuple[str, str, str]]:
    """Key, sentence and advice of the finding, if there is one."""
    names = list(dict.fromkeys(name for codec in reading.codecs if (name := unplayed(codec))))
    if names:
        yield "codec", f"Diese Aufnahme spielen nicht alle Browser ab ({', '.join(names)}).", ADVICE


def unplayed(codec: str) -> str:
    """The name of a codec that some browsers do not play; empty for others."""
    code, _, profile = codec.partition(".")
    if codec in PLAYED or code in PLAYED:
        return UNUSUAL_H264.get(profile[:2], "") if code in ("avc1", "avc3") else ""
    return NAMES.get(code, f"Format „{code}“")
