from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal import boot, server
from portal.metrics import forget_dead_workers
from portal.personas import PERSONAS
from search.following import follow_until


class Command(BaseCommand):
    help = "Chuẩn bị cơ sở dữ liệu nếu cần rồi chạy cổng thông tin, kèm vòng lặp công việc đến hạn (một tiến trình khởi động)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=settings.PORT)
        parser.add_argument(
            "--no-jobs",
            action="store_true",
            help="không tự chạy run_jobs và search_follow (máy chủ đã có bộ hẹn giờ và dịch vụ riêng)",
        )

    def handle(self, *args: Any, port: int, no_jobs: bool, **options: Any) -> None:
        if not server.free(settings.BIND, port):
            raise CommandError(
                f"Cổng {port} đang có chương trình khác dùng. Chọn cổng khác, ví dụ: make run PORT={port + 10}"
            )
        with boot.held("server", shared=True):
            boot.prepare(self._say)
            forget_dead_workers()
            application = server.load_application()
            if not no_jobs:
                server.start_beside(server.do_jobs)
                if settings.SEARCH_ENGINE == "elasticsearch":
                    server.start_beside(follow_until)
            self._welcome(port)
            host = f"[{settings.BIND}]" if ":" in settings.BIND else settings.BIND
            server.Server(application, f"{host}:{port}", settings.WORKERS).run()

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _welcome(self, port: int) -> None:
        lines = [f"Cổng thông tin: http://localhost:{port}   (dừng: Ctrl+C)"]
        if settings.DEMO:
            width = max(map(len, PERSONAS))
            lines += ["", f"Tài khoản mẫu, mật khẩu {settings.DEMO_PASSWORD}:"]
            lines += [f"  {email:{width}}  {who}" for email, who in PERSONAS.items()]
            lines += [
                f"Đăng nhập: http://localhost:{port}/tai-khoan/dang-nhap/",
                f"Quản trị:  http://localhost:{port}/quan-tri/",
                f"Thư đã gửi: http://localhost:{port}/dev/thu/",
                "Làm lại dữ liệu mẫu từ đầu: make demo-reset",
            ]
        self._say("\n".join(lines))
