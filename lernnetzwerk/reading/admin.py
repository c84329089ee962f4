from django.contrib import admin
from django_tasks_db.models import DBTaskResult

# English, and about the worker, which has its own commands.
admin.site.unregister(DBTaskResult)
