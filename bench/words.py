"""The words that made-up records are put together from. Broad ones stand first in their list: they are drawn more often."""


def phrases(text: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for phrase in text.replace("\n", " ").split(",") if phrase.strip())


PRODUCTS = phrases("""
    sâm Lai Châu, chè shan tuyết, mật ong bạc hà, gạo séng cù, gạo tẻ râu, mắc ca, quả lê, đông trùng hạ thảo, atiso, tam thất, thảo quả,
    sa nhân tím, quế hữu cơ, miến dong, thổ cẩm, cá hồi vân, cá tầm, lợn đen bản địa, gà đen, trâu sấy, măng khô, nấm hương, nấm linh chi,
    rượu ngô men lá, tinh dầu sả, tinh dầu hồi, rau má sấy lạnh, rau trái vụ, hoa địa lan, hoa đào rừng, cây dược liệu, giảo cổ lam, chè dây,
    cà phê chè, cà gai leo, ớt gió, hạt dổi, mắc khén, khoai sọ, ngô nếp tím, đậu tương, mận tam hoa, đào má hồng, bơ sáp, chanh leo, dứa mật,
    mía đường, cao su, tre măng bát độ, vầu, gỗ lâm sản, mây tre đan, giấy dó, gốm nung, chạm bạc, nhạc cụ khèn, trang phục dân tộc, homestay,
    phân bón hữu cơ, thức ăn chăn nuôi, giống lúa mạ khay, giống cây ăn quả, cây mạ vụ sớm, nước khoáng nóng, muối chẩm chéo, bánh dày,
    xôi ngũ sắc, trứng kiến, ong ruồi, ba ba gai, ếch đồng, cá bỗng, dê núi, bò lai sind, ngựa bạch, nhung hươu, vịt cổ xanh, chim trĩ
""")
TECHNOLOGIES = phrases("""
    chuyển đổi số, trí tuệ nhân tạo, truy xuất nguồn gốc, mã vạch, thương mại điện tử, cảm biến độ ẩm, tưới nhỏ giọt, nhà màng, sấy lạnh,
    sấy thăng hoa, nuôi cấy mô, chỉ thị phân tử, viễn thám, bản đồ số, máy bay không người lái, internet vạn vật, chuỗi khối, điện mặt trời,
    thủy điện nhỏ, pin lưu trữ, khí sinh học, xử lý nước thải, phân loại rác, lọc nước uống, vật liệu không nung, in ba chiều, cơ khí nhỏ,
    máy sao chè, máy thái cỏ, lò sấy cải tiến, chiết xuất dược liệu, bào chế viên nang, bảo quản sau thu hoạch, bao gói khí điều biến,
    kiểm nghiệm nhanh, chọn tạo giống, lai ghép, vi sinh bản địa, chế phẩm sinh học, quan trắc lũ quét, cảnh báo sạt lở, dự báo khí hậu,
    học trực tuyến, khám bệnh từ xa, bệnh án điện tử, hóa đơn điện tử, chữ ký số, dữ liệu mở, kho dữ liệu dùng chung, an toàn thông tin,
    nhận dạng giọng nói, dịch tiếng dân tộc, thực tế ảo, thuyết minh tự động, bán vé trực tuyến, ma trận quyết định, mô phỏng dòng chảy,
    phần mềm kế toán, quản lý kho, định vị vệ tinh, thẻ thông minh, khuôn đúc, luyện kim đất hiếm, tuyển khoáng, phân tích quang phổ
""")
ACTIONS = phrases("""
    xây dựng, phát triển, ứng dụng, hỗ trợ, triển khai, nghiên cứu, hoàn thiện, thử nghiệm, chuyển giao, mở rộng, liên kết, kết nối, đào tạo,
    tập huấn, tư vấn, quảng bá, giới thiệu, thương mại hóa, khảo sát, đánh giá, thẩm định, nghiệm thu, công bố, cấp phép, bảo hộ, đăng ký,
    nhân giống, bảo tồn, chế biến, thu mua, tiêu thụ, xuất khẩu, đóng gói, kiểm định, lắp đặt, vận hành, nâng cấp, số hóa, tích hợp, giám sát,
    huy động vốn cho, gọi vốn cho, ươm tạo, tăng tốc, trao giải cho, tôn vinh, sơ kết, tổng kết, phổ biến, nhân rộng, điều chỉnh, thay thế
""")
AIMS = phrases("""
    nâng cao thu nhập cho người dân, giảm nghèo bền vững, tạo việc làm tại chỗ, giữ rừng đầu nguồn, rút ngắn khâu trung gian,
    mở rộng thị trường trong nước, đưa sản phẩm lên sàn giao dịch, tiết kiệm nước tưới, giảm chi phí nhân công, bảo vệ môi trường,
    gìn giữ bản sắc văn hóa, thu hút khách du lịch, hình thành vùng nguyên liệu tập trung, bảo đảm an toàn thực phẩm, tăng giá trị gia tăng,
    đáp ứng tiêu chuẩn xuất khẩu, giảm phát thải, thích ứng với biến đổi khí hậu, phục vụ cải cách hành chính, rút gọn thủ tục,
    kết nối cung cầu công nghệ, chia sẻ dữ liệu giữa các ngành, chăm sóc sức khỏe vùng cao, nâng chất lượng dạy và học,
    khôi phục giống bản địa, phòng chống thiên tai, làm chủ quy trình sản xuất, bảo hộ tài sản trí tuệ, thu hồi vốn sau ba vụ,
    ổn định đầu ra cho hợp tác xã, giảm thất thoát sau thu hoạch, khuyến khích thanh niên lập nghiệp, trao quyền cho phụ nữ,
    thay đổi tập quán canh tác, cải tạo đất dốc, chống xói mòn, xóa nhà tạm, nối dài mùa du lịch, đưa hàng qua cửa khẩu Ma Lù Thàng
""")
WHO = phrases("""
    hợp tác xã, doanh nghiệp, nhóm khởi nghiệp, sở khoa học và công nghệ, ủy ban nhân dân xã, trung tâm khuyến nông, hội phụ nữ, đoàn thanh niên,
    hội nông dân, trường cao đẳng, viện nghiên cứu, quỹ đầu tư, vườn ươm, tổ hợp tác, nông hộ, trang trại, nhà khoa học, chuyên gia,
    mạng lưới cố vấn, ban quản lý khu kinh tế, trạm y tế, thư viện tỉnh, bưu điện, ngân hàng chính sách, hiệp hội chè, câu lạc bộ sáng chế,
    nghệ nhân, già làng, bộ đội biên phòng, kiểm lâm, giáo viên vùng cao, sinh viên, người trồng sâm, thợ dệt, chủ nhà nghỉ, hướng dẫn viên
""")
MANNERS = phrases("""
    theo chuỗi giá trị, theo hướng hữu cơ, ở quy mô nhỏ, trên đất dốc, dưới tán rừng, trong nhà kính, qua nền tảng trực tuyến, bằng tiếng dân tộc,
    theo tiêu chuẩn quốc gia, có sự tham gia của cộng đồng, với vốn đối ứng, không dùng hóa chất, mà không phá rừng, theo đơn đặt hàng,
    theo mùa vụ, suốt bốn mùa, ngay tại bản, giữa hai vùng khí hậu, dọc sông Đà, ven suối, trên cao nguyên, ở vùng biên giới, tại chợ phiên,
    trong trường học, từ phụ phẩm, từ nguồn gen quý, nhờ năng lượng tái tạo, với chi phí thấp, qua sàn công nghệ, theo hình thức hợp tác công tư
""")
CLAUSES = phrases("""
    kết quả bước đầu rất khả quan, sản lượng tăng so với năm trước, mẫu thử đã được gửi đi kiểm nghiệm, hồ sơ đang được bổ sung,
    giá bán ổn định suốt vụ, khách hàng phản hồi tốt, cần thêm vốn để mở xưởng, nhiều hộ xin tham gia, mô hình sẽ được nhân ra các xã lân cận,
    cả nhóm vừa học vừa làm, cha mẹ các em rất ủng hộ, bà con ở bản đã quen với cách làm mới, bàn giao thiết bị trong quý tới,
    bán hàng qua điện thoại là chính, bạn hàng ở dưới xuôi đặt trước cả năm, lá được hái vào sáng sớm, là sản phẩm đầu tiên của xã,
    cá giống được thả từ đầu mùa mưa, cà trồng xen ngô cho năng suất khá, mạ gieo trong khay khỏe hơn, má nông dân quen gọi là giống cũ,
    mã số vùng trồng đã được cấp, ma chay cưới hỏi cũng tiết kiệm hơn, mà chi phí chỉ bằng một nửa, tổ công tác họp hằng tháng,
    tố chất của cây giống rất quan trọng, to quả và ít hạt, tờ khai được nộp trực tuyến, chế độ chăm sóc theo từng tuần, che phủ luống bằng rơm,
    chẻ nan bằng máy, chè búp tươi được thu ngay trong ngày, cơ sở đã lắp mái che, cỏ được ủ chua cho mùa đông, có bảo hiểm cây trồng,
    co cụm trong từng bản, cọ dầu không hợp khí hậu, cờ thi đua được trao cuối năm, thu hoạch bằng tay, thư mời đã gửi, thứ tự ưu tiên rõ ràng,
    thử nghiệm ba lần, thủ tục nhanh gọn, thú y xã theo dõi đàn, thụ phấn nhờ ong, lúa chín sớm hơn, lụa dệt bằng sợi lanh, lùa trâu về chuồng,
    lửa nhỏ giữ hương chè, lứa đầu xuất chuồng, lựa chọn theo điểm, bao bì mới dễ nhận ra, bão làm gãy nhiều cây, báo cáo gửi trước ngày hẹn,
    bảo hành hai năm, bào tử được nuôi trong phòng lạnh, đường vào bản đã đổ bê tông, đương đơn rút hồ sơ, mưa đá gây thiệt hại, mùa sau làm tiếp,
    mua chung vật tư, múa xòe đón khách, hội đồng chấm theo thang điểm, hỏi đáp ngay tại ruộng, hơi nước được thu lại, hồi phục rừng nghèo,
    tiếng Mông có phụ đề, tiền thưởng chuyển qua tài khoản, tiến độ đúng cam kết, tiện cho người già, dân góp ngày công, dần thay phân vô cơ,
    dấn thân làm ăn xa, dẫn nước từ khe, tai nghe cho lớp học, tài liệu phát miễn phí, tải trọng thấp, tái tạo đất, tại chỗ có thợ sửa
""")
FIRST = phrases("""
    Núi, Hoa, Suối, Bản, Mây, Đá, Rừng, Nắng, Gió, Trăng, Sao, Ngọc, Kim, Bạch, Hồng, Thanh, Lam, Tím, Vàng, Bảo, An, Bình, Cát, Đại, Gia, Hà,
    Hải, Hưng, Khang, Lộc, Long, Lâm, Mai, Minh, Mường, Nam, Nậm, Nghĩa, Nhật, Phong, Phú, Phúc, Phượng, Quang, Quỳnh, Sơn, Tâm, Tân, Thái,
    Thành, Thảo, Thiên, Thịnh, Thuận, Thủy, Tiến, Trúc, Trung, Trường, Tùng, Tuyết, Uyên, Vân, Việt, Vĩnh, Xuân, Yên, Ánh, Ban, Biển, Cẩm, Chăm,
    Cọn, Diệu, Duyên, Đào, Đông, Giang, Hạnh, Hiền, Hương, Huyền, Khởi, Kiên, Lan, Lê, Liên, Linh, Mầm, Mộc, Mỹ, Nếp, Nguyên, Nhung, Nương, Pha,
    Pu, Sen, Sín, Sông, Sương, Tả, Then, Thác, Tủa, Ươm, Xanh, Xòe
""")
SECOND = phrases("""
    Lan, Ban, Ngàn, Xa, Cao, Sáng, Vượng, Phát, Đạt, Lợi, Tiên, Cúc, Đồng, Điệp, Yến, Quế, Sim, Tre, Trà, Lúa, Sáo, Khèn, Chiêng, Trống, Thổ,
    Cẩm, Nhuận, Hòa, Khánh, Lương, Nghi, Oanh, Phương, Quân, Quyết, Sinh, Tài, Tấn, Thạch, Thắng, Thế, Thông, Thụy, Toàn, Trí, Triều, Tuấn, Tú,
    Uy, Vinh, Vũ, Vy, Xuyên, Ý, Hừng, Rạng, Bừng, Nở, Vút, Bay, Reo, Chảy, Nối, Ấm, Lành, Thơm, Ngọt, Giòn, Đượm, Nồng, Mới, Bền, Vững, Gần,
    Chài, Mông, Dao, Lự, Giáy, Hồ, Lèng, Tăm, Cuổi, Sỏ, Than, Mô, Cáp, San, Lào, Khoa, Ta, Bo, Ủ, Tè, Cả, Bum, Tổng, Nưa, Thàng, Phìn, Chải,
    Giàng, Páo, Sử, Vảng, Trải, Hồng, Đen, Trắng, Biếc, Thẫm, Đỏ
""")
SURNAMES = phrases("""
    Lò, Vàng, Giàng, Nguyễn, Trần, Lê, Phạm, Hoàng, Tẩn, Chang, Sùng, Mùa, Lý, Phàn, Đèo, Quàng, Cà, Tòng, Lường, Hà, Thào, Vừ, Hảng, Ma, Pờ,
    Khoàng, Lù, Mào, Đỗ, Vũ, Bùi, Đặng, Ngô, Dương, Đinh, Trương, Cao, Phùng, Tạ, Mai
""")
MIDDLES = phrases("""
    Văn, Thị, A, Thị Kim, Minh, Đức, Thanh, Thu, Xuân, Hồng, Quốc, Hữu, Ngọc, Bích, Phương, Tuấn, Anh, Thùy, Mạnh, Công, Bá, Láo, Seo, Mí, Khánh
""")
TAILS = phrases("""
    vụ xuân, vụ mùa, giai đoạn một, giai đoạn hai, lần thứ nhất, lần thứ ba, đợt đầu, đợt bổ sung, năm đầu, vùng thấp, vùng cao, thế hệ mới,
    cho hộ nghèo, cho phụ nữ, cho thanh niên, cho học sinh, cho người cao tuổi, ở chợ phiên, ở cửa khẩu, ở khu tái định cư, ven hồ, đầu nguồn
""")

EN_WHO = phrases("""
    the cooperative, a young team, the department, local farmers, the incubator, a research institute, the innovation fund, weavers,
    highland teachers, mentors, the women's union, border villages, a tea workshop, forest guards, student founders, herbal producers
""")
EN_ACTIONS = phrases("""
    develops, tests, introduces, supports, transfers, expands, certifies, measures, exports, restores, digitises, funds, protects, improves,
    demonstrates, connects, registers, evaluates
""")
EN_THINGS = phrases("""
    highland ginseng, ancient tea, drip irrigation, cold drying, traceability labels, macadamia orchards, community tourism, solar pumps,
    soil sensors, brocade patterns, trout ponds, medicinal herbs, landslide warnings, tissue culture, open data, digital maps, bee keeping,
    bamboo crafts, organic fertiliser, language lessons, telemedicine, water filters, seed banks, mobile payments, craft villages
""")
EN_AIMS = phrases("""
    to raise household income, to protect the forest, to reach new markets, to save water, to keep traditional knowledge, to reduce waste,
    to meet export standards, to train young people, to share data between offices, to warn of floods, with support from the province,
    under a public call for proposals, after a pilot of two seasons, in partnership with universities, at low cost, on steep slopes
""")
