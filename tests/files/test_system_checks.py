from lernnetzwerk.files.system_checks import files_stay_out_of_web_roots


def test_files_may_not_lie_where_files_are_served_as_they_are(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.FILES_ROOT = tmp_path / "files"
    assert files_stay_out_of_web_roots() == []

    for root in (settings.STATIC_ROOT, settings.STATIC_ROOT / "files", tmp_path):
        settings.FILES_ROOT = root
        (error,) = files_stay_out_of_web_roots()
        assert error.id == "files.E001"
