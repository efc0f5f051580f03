import BoxAPI

extension Site {
    /// How much goes through the box, for its owner alone: a guest could tell from it what others do.
    func traffic(_ report: TrafficReport, _ context: WebContext) -> [String: Any] {
        let words = pages.words(context.language)
        let quantity = Quantity(language: context.language)
        // A line needs two points.
        guard let now = report.samples.last, report.samples.count > 1 else {
            return ["summary": words("traffic_starting")]
        }
        let time = quantity.duration(seconds: report.samples.count * report.secondsBetween)
        let chart = TrafficChart(report.samples)
        guard chart.most > 0 else { return ["summary": words("traffic_idle", time)] }
        return [
            "summary": words("traffic_now", quantity.bytes(now.received), quantity.bytes(now.sent)),
            "chart": [
                "width": TrafficChart.width, "height": TrafficChart.height, "received": chart.received,
                "sent": chart.sent, "label": words("traffic_chart", time, quantity.bytes(chart.most)),
            ] as [String: Any],
        ]
    }
}
