"""The first pages in Vietnamese. Facts that only the department knows are marked as waiting for it."""

from typing import Any, Final

from cms.home.first_tree import Text, block, heading, paragraph, unconfirmed

HOME_TITLE: Final = "Trang chủ"
HOME_DESCRIPTION: Final = (
    "Đăng ký khởi nghiệp, đọc tin, tra cứu: mọi việc về đổi mới sáng tạo của tỉnh Lai Châu ở một nơi."
)
NEWS: Final = Text(
    "news", "tin-tuc", "Tin tức", "Việc đang làm, chính sách mới và người làm ra cái mới ở Lai Châu.", ()
)

BANDS: Final[tuple[dict[str, Any], ...]] = (
    block(
        "hero",
        {
            "title": "Ý tưởng từ núi cao, đi xa hơn.",
            "lead": "Đăng ký khởi nghiệp, xem ai đang làm gì, theo dõi chính sách: mọi việc về đổi mới sáng tạo của tỉnh ở một nơi.",
            "hints": [],
        },
    ),
    block(
        "doors",
        {
            "doors": [
                {
                    "icon": "rocket",
                    "title": "Đăng ký khởi nghiệp",
                    "text": "Bảy bước, lưu dần khi viết. Sở trả lời trong khoảng 5 ngày làm việc.",
                    "place": "register",
                    "page": None,
                    "accent": True,
                },
                {
                    "icon": "layout-list",
                    "title": "Tra danh bạ khởi nghiệp",
                    "text": "Lọc theo lĩnh vực, xã, giai đoạn; tải danh sách về bảng tính.",
                    "place": "startups",
                    "page": None,
                    "accent": False,
                },
                {
                    "icon": "newspaper",
                    "title": "Đọc tin và văn bản mới",
                    "text": "Chính sách, sự kiện, câu chuyện của người đang làm; tìm được cả chữ trong tệp đính kèm.",
                    "place": "news",
                    "page": None,
                    "accent": False,
                },
            ]
        },
    ),
    block("figures", {"title": "Danh bạ khởi nghiệp hôm nay"}),
    block("news", {"title": "Tin tức"}),
    block("startups", {"title": "Gặp những người đang làm", "limit": 4}),
)

ABOUT: Final = Text(
    "about",
    "gioi-thieu",
    "Giới thiệu",
    "Trang này của ai, làm được gì ở đây, và liên hệ với ai khi cần.",
    (
        heading("Trang này để làm gì"),
        paragraph(
            "Đây là cổng đổi mới sáng tạo của tỉnh Lai Châu. Người có ý tưởng đăng ký dự án khởi nghiệp tại đây; Sở kiểm tra và đưa "
            "dự án vào danh bạ công khai; ai cũng tra được danh bạ, đọc được tin và tìm được văn bản.",
            "<ul><li><b>Đăng ký</b> một dự án khởi nghiệp, gửi bổ sung khi Sở hỏi, theo dõi đến khi có kết quả.</li>"
            "<li><b>Tra cứu</b> danh bạ theo lĩnh vực, xã, giai đoạn, và tải danh sách về.</li>"
            "<li><b>Theo dõi</b> tin tức, chính sách, sự kiện của ngành khoa học và công nghệ.</li></ul>",
        ),
        heading("Ai chịu trách nhiệm"),
        paragraph(
            "Sở Khoa học và Công nghệ tỉnh Lai Châu quản lý trang và chịu trách nhiệm về nội dung. Tên người chịu trách nhiệm, địa chỉ "
            "và cách liên hệ ở chân mỗi trang."
        ),
        unconfirmed(
            "Chờ Sở xác nhận",
            "Số điện thoại và thư điện tử ở chân trang là thông tin mẫu. Biên tập viên sửa trong mục “Thông tin cơ quan” rồi đánh dấu đã xác nhận.",
        ),
        heading("Dùng lại thông tin"),
        paragraph(
            "Bạn được trích dẫn và dùng lại thông tin công khai trên trang, ghi rõ nguồn và ngày lấy. Ảnh có ghi tên tác giả thì hỏi tác "
            "giả trước khi dùng vào việc khác. Tranh vẽ trên trang do máy tạo từ mẫu hình, không phải ảnh chụp nơi có thật."
        ),
    ),
)

PERSONAL_DATA: Final = Text(
    "personal-data",
    "du-lieu-ca-nhan",
    "Bảo vệ dữ liệu cá nhân",
    "Trang giữ gì về bạn, để làm gì, ai xem được, và bạn có quyền gì.",
    (
        heading("Khi bạn chỉ đọc"),
        paragraph(
            "Bạn không cần tài khoản. Trang không gọi dịch vụ của bên thứ ba, không quảng cáo, không theo dõi bạn từ trang này sang trang khác.",
            "Nếu bạn đổi cỡ chữ hoặc nền trang, trình duyệt của bạn giữ một cookie tên <b>look</b> chỉ ghi lựa chọn ấy. Máy chủ ghi nhật "
            "ký kỹ thuật để giữ an toàn; nhật ký không chép nội dung bạn gõ vào biểu mẫu.",
        ),
        heading("Khi bạn có tài khoản"),
        paragraph(
            "<ul><li><b>Thư điện tử, họ tên:</b> để bạn đăng nhập và để Sở báo tin về hồ sơ.</li>"
            "<li><b>Nội dung hồ sơ:</b> để Sở kiểm tra và quyết định. Mỗi mục khi gửi đều ghi rõ có công khai hay không.</li>"
            "<li><b>Người đại diện, giấy tờ tùy thân:</b> chỉ cán bộ thụ lý xem được; mỗi lần xem để lại một dòng nhật ký.</li></ul>",
            "Phần công khai của danh bạ chỉ gồm những mục bạn đồng ý công khai.",
        ),
        heading("Bạn có quyền gì"),
        paragraph(
            "Bạn có quyền biết, xem, sửa, yêu cầu xóa dữ liệu của mình và rút lại sự đồng ý. Quyết định và lịch sử hồ sơ là tài liệu của "
            "cơ quan nhà nước: phần này giữ theo quy định lưu trữ, thông tin cá nhân trong đó được ẩn khi không còn cần."
            "",
            "Gửi yêu cầu đến thư điện tử ở chân trang, nói rõ bạn là ai và cần gì. Căn cứ: Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15.",
        ),
        unconfirmed(
            "Chờ Sở xác nhận",
            "Thời hạn lưu từng loại hồ sơ, người phụ trách bảo vệ dữ liệu và thời hạn trả lời yêu cầu do Sở quy định và bổ sung vào trang này.",
        ),
    ),
)

ACCESSIBILITY: Final = Text(
    "accessibility",
    "tiep-can",
    "Tuyên bố tiếp cận",
    "Trang được làm để ai cũng dùng được, kể cả khi không nhìn, không nghe, không dùng chuột.",
    (
        heading("Bạn đổi được gì"),
        paragraph(
            "<ul><li>Cỡ chữ nhỏ, vừa, lớn và nền sáng, tối, tương phản cao: ở đầu trang; trên điện thoại, bấm “Hiển thị”.</li>"
            "<li>Mọi việc làm được bằng bàn phím; phím Tab đầu tiên đưa đến liên kết “Đến nội dung chính”.</li>"
            "<li>Phóng to đến 200 % vẫn đọc được, không phải kéo ngang.</li>"
            "<li>Trang chạy cả khi trình duyệt tắt JavaScript.</li></ul>"
        ),
        heading("Tiêu chuẩn"),
        paragraph(
            "Chúng tôi làm theo WCAG 2.2 mức AA, cao hơn mức tối thiểu WCAG 2.0 mà Thông tư 22/2023/TT-BTTTT yêu cầu. Mỗi lần sửa đổi, "
            "các trang chính được kiểm tra tự động bằng axe. Kiểm tra tự động không thấy hết mọi lỗi."
        ),
        heading("Điều chưa tốt"),
        paragraph(
            "<ul><li>Tệp do nơi khác soạn (PDF quét, bảng tính) có thể không đọc được bằng trình đọc màn hình. Viết cho Sở, bạn sẽ nhận bản chữ.</li>"
            "<li>Bản tiếng Anh chưa đủ mọi bài viết. Chỗ nào chưa có, trang nói rõ.</li></ul>"
        ),
        unconfirmed(
            "Chờ Sở xác nhận",
            "Trang chưa được một tổ chức độc lập và người khuyết tật kiểm tra. Ngày kiểm tra và kết quả sẽ ghi tại đây.",
        ),
        heading("Báo một chỗ khó dùng"),
        paragraph("Viết đến thư điện tử ở chân trang: bạn đang ở trang nào, dùng thiết bị gì, việc gì không làm được."),
    ),
)

HELP: Final = Text(
    "help",
    "tro-giup",
    "Trợ giúp",
    "Những câu hay hỏi về đăng ký, hồ sơ và tra cứu.",
    (
        heading("Đăng ký một dự án khởi nghiệp"),
        paragraph(
            "<ol><li>Mở tài khoản bằng thư điện tử và bấm liên kết xác nhận trong thư.</li>"
            "<li>Chọn bạn làm thay ai: doanh nghiệp có mã số thuế, một nhóm, hay chính bạn.</li>"
            "<li>Viết lần lượt bảy bước. Mỗi bước tự lưu; mất mạng thì lần sau viết tiếp.</li>"
            "<li>Xem lại, đồng ý từng mục công khai, rồi gửi. Bạn nhận mã hồ sơ ngay.</li></ol>"
        ),
        heading("Sau khi gửi"),
        paragraph(
            "Trang hồ sơ cho biết đang ở bước nào và Sở trả lời trước ngày nào. Thời hạn 5 ngày làm việc là cam kết của Sở, không phải thời "
            "hạn do luật định. Khi Sở hỏi thêm, bạn nhận thư và chỉ sửa đúng những mục được hỏi."
        ),
        heading("Tìm không ra"),
        paragraph(
            "Gõ có dấu hay không dấu đều được: “khởi nghiệp” và “khoi nghiep” ra cùng kết quả. Đặt cụm từ trong ngoặc kép để tìm nguyên "
            "văn. Tìm được cả chữ trong tệp đính kèm của bài viết.",
        ),
        heading("Thấy một thông tin sai"),
        paragraph(
            "Ở cuối mỗi trang danh bạ có liên kết “Báo sai sót”. Nói chỗ nào sai và đúng là gì; Sở kiểm tra rồi trả lời bạn."
        ),
    ),
)

PAGES: Final = (ABOUT, HELP, PERSONAL_DATA, ACCESSIBILITY)
