from lernnetzwerk.files.system_checks import files_stay_out_of_web_roots


def test_the_files_root_cannot_be_inside_a_served_folder(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.FILES_ROOT = tmp_path / "files"
    assert files_stay_out_of_web_roots() == []

    for root in (settings.STATIC_ROOT, settings.STATIC_ROOT / "files", tmp_path):
        settings.FILES_ROOT = root
        (error,) = files_stay_out_of_web_roots()
        assert error.id == "files.E001"
