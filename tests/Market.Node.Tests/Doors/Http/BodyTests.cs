using System.Text;

namespace Market.Node.Tests.Doors.Http;

/// <summary>Bodies that are no command: each is refused with a detail that says what would be right.</summary>
public sealed class BodyTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly NodeFixture _node = shared.Node;

    [Theory]
    [InlineData("", "line 1")]
    [InlineData("hello", "line 1, byte 1")]
    [InlineData("null", "object")]
    [InlineData("7", "object")]
    [InlineData("\"BUY\"", "object")]
    [InlineData("{}", "txnId")]
    [InlineData("""{"txnId":"t1","type":"BUY","shares":1""", "not JSON")]
    [InlineData("""{"txnId":"t1","type":"BUY","shares":1}}""", "line 1")]
    [InlineData("""{"txnId":"t1","type":"BUY","shares":1} {"txnId":"t2","type":"BUY","shares":1}""", "line 1")]
    [InlineData("""{"txnId":"t1","type":"BUY","shares":1}x""", "line 1")]
    [InlineData("""{"txnId":"t1","type":"BUY","shares":NaN}""", "not JSON")]
    [InlineData("""{"txnId":"t1","type":"INVEST","invested":Infinity}""", "not JSON")]
    [InlineData("""{"txnId":"t1","type":"INVEST","invested":-Infinity}""", "not JSON")]
    [InlineData("""{'txnId':'t1'}""", "not JSON")]
    [InlineData("""{"txnId":"t1","type":"BUY","shares":1,}""", "not JSON")]
    [InlineData("""{"txnId":"t1",/* */"type":"BUY","shares":1}""", "not JSON")]
    [InlineData("[1,2", "not JSON")]
    public async Task Body_that_is_no_JSON_command_is_MALFORMED(string body, string detail)
    {
        var reply = await _node.CommandAsync(await shared.JoinAsync(), body);

        reply.ShouldBeProblem(400, 10, "MALFORMED").Text("detail").ShouldContain(detail);
    }

    [Theory]
    [InlineData("""{"txnId":"","type":"BUY","shares":1}""", "txnId")]
    [InlineData("""{"txnId":7,"type":"BUY","shares":1}""", "txnId")]
    [InlineData("""{"txnId":null,"type":"BUY","shares":1}""", "txnId")]
    [InlineData("""{"txnId":"\ud800","type":"BUY","shares":1}""", "txnId")]
    [InlineData("""{"txnId":["t1"],"type":"BUY","shares":1}""", "txnId")]
    [InlineData("""{"txnId":"t1","shares":1}""", "type")]
    [InlineData("""{"txnId":"t1","type":"buy","shares":1}""", "type")]
    [InlineData("""{"txnId":"t1","type":"HOLD","shares":1}""", "type")]
    [InlineData("""{"txnId":"t1","type":7,"shares":1}""", "type")]
    [InlineData("""{"txnId":"t1","type":{},"shares":1}""", "type")]
    [InlineData("""{"txnId":"t1","type":"BUY"}""", "shares")]
    [InlineData("""{"txnId":"t1","type":"BUY","monkeys":1}""", "shares")]
    [InlineData("""{"txnId":"t1","type":"BUY","shares":0}""", "shares")]
    [InlineData("""{"txnId":"t1","type":"SELL","shares":-1}""", "shares")]
    [InlineData("""{"txnId":"t1","type":"BUY","shares":1.5}""", "shares")]
    [InlineData("""{"txnId":"t1","type":"BUY","shares":"1"}""", "shares")]
    [InlineData("""{"txnId":"t1","type":"BUY","shares":9223372036854775808}""", "shares")]
    [InlineData("""{"txnId":"t1","type":"BUY","shares":1e400}""", "shares")]
    [InlineData("""{"txnId":"t1","type":"FEED","monkeys":0}""", "monkeys")]
    [InlineData("""{"txnId":"t1","type":"FEED","shares":1}""", "monkeys")]
    [InlineData("""{"txnId":"t1","type":"FEED","monkeys":true}""", "monkeys")]
    [InlineData("""{"txnId":"t1","type":"INVEST"}""", "invested")]
    [InlineData("""{"txnId":"t1","type":"INVEST","invested":0}""", "invested")]
    [InlineData("""{"txnId":"t1","type":"INVEST","invested":-1}""", "invested")]
    [InlineData("""{"txnId":"t1","type":"INVEST","invested":0.0000001}""", "invested")]
    [InlineData("""{"txnId":"t1","type":"INVEST","invested":1e400}""", "invested")]
    [InlineData("""{"txnId":"t1","type":"INVEST","invested":"2.5"}""", "invested")]
    [InlineData("""{"txnId":"t1","type":"BUY","shares":1,"time":"yesterday"}""", "time")]
    [InlineData("""{"txnId":"t1","type":"BUY","shares":1,"time":7}""", "time")]
    [InlineData("""{"txnId":"t1","type":"BUY","shares":1,"team":7}""", "team")]
    [InlineData("""{"txnId":"t1","type":"BUY","shares":1,"name":{}}""", "name")]
    public async Task Wrong_field_is_named(string body, string field)
    {
        var reply = await _node.CommandAsync(await shared.JoinAsync(), body);

        reply.ShouldBeProblem(400, 10, "MALFORMED").Text("detail").ShouldStartWith($"{field}:");
    }

    [Theory]
    [InlineData("""{"txnId":"t1","type":"BUY","shares":1,"colour":"blue","deep":{"er":[1,{"est":null}]}}""")]
    [InlineData("""{"shares":1,"time":null,"type":"BUY","txnId":"t1"}""")]
    [InlineData("""{"txnId":"t1","type":"BUY","shares":1,"time":"2026-01-31T12:00:00.000Z"}""")]
    [InlineData("""{"txnId":"t1","type":"BUY","shares":1,"time":"2018-04-18T09:00:00+02:00"}""")]
    [InlineData("""{"txnId":"t1","t\u0079pe":"BU\u0059","shares":1}""")]
    [InlineData(" \r\n\t{\"txnId\" : \"t1\", \"type\" : \"BUY\", \"shares\" : 1} \n")]
    public async Task Fields_of_any_order_escape_and_unknown_ones_are_fine(string body)
    {
        (await _node.CommandAsync(await shared.JoinAsync(), body)).ShouldBeAnswered(0, "ACCEPTED").Text("txnId").ShouldBe("t1");
    }

    [Fact]
    public async Task TxnId_may_have_128_characters_and_no_more()
    {
        var trader = await shared.JoinAsync();
        var longest = new string('ü', 128);

        (await _node.CommandAsync(trader, Commands.Buy(longest, 1))).ShouldBeAnswered(0, "ACCEPTED").Text("txnId").ShouldBe(longest);
        (await _node.CommandAsync(trader, Commands.Buy(longest + "x", 1))).ShouldBeProblem(400, 10, "MALFORMED").Text("detail").ShouldContain("txnId");
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF8_are_MALFORMED()
    {
        var body = Encoding.Latin1.GetBytes("""{"txnId":"ÿþ","type":"BUY","shares":1}""");

        (await _node.PostAsync("/api/markets/banana/commands", body, (await shared.JoinAsync()).Token)).ShouldBeProblem(400, 10, "MALFORMED");
    }

    [Theory]
    [InlineData("""{"\ud800":1,"txnId":"t1","type":"BUY","shares":1}""")]
    [InlineData("""{"txnId":"t1","type":"\udc00","shares":1}""")]
    public async Task Half_a_surrogate_pair_is_MALFORMED(string body)
    {
        (await _node.CommandAsync(await shared.JoinAsync(), body)).ShouldBeProblem(400, 10, "MALFORMED");
    }

    [Theory]
    [InlineData('[', 17)]
    [InlineData('[', 100_000)]
    [InlineData('{', 100_000)]
    public async Task Deep_nesting_is_MALFORMED(char bracket, int depth)
    {
        (await _node.CommandAsync(await shared.JoinAsync(), new string(bracket, depth))).ShouldBeProblem(400, 10, "MALFORMED");
    }

    [Fact]
    public async Task Body_over_the_bound_is_413_with_and_without_a_length_told()
    {
        var trader = await shared.JoinAsync();
        var body = Encoding.UTF8.GetBytes(Commands.Buy("t1", 1) + new string(' ', 256 * 1024));
        (await _node.CommandAsync(trader, Encoding.UTF8.GetString(body))).ShouldBeProblem(413, 10, "MALFORMED");

        using var chunked = new HttpRequestMessage(HttpMethod.Post, "/api/markets/banana/commands") { Content = new StreamContent(new MemoryStream(body)) };
        chunked.Headers.TransferEncodingChunked = true;
        chunked.Headers.Authorization = new("Bearer", trader.Token);
        (await _node.SendAsync(chunked)).ShouldBeProblem(413, 10, "MALFORMED");
    }

    [Fact]
    public async Task Body_of_exactly_the_bound_is_read()
    {
        var command = Commands.Buy("t1", 1);

        (await _node.CommandAsync(await shared.JoinAsync(), command + new string(' ', (256 * 1024) - command.Length))).ShouldBeAnswered(0, "ACCEPTED");
    }

    [Fact]
    public async Task Any_media_type_is_read()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/markets/banana/commands") { Content = new StringContent(Commands.Buy("t1", 1)) };
        request.Headers.Authorization = new("bearer", (await shared.JoinAsync()).Token);

        (await _node.SendAsync(request)).ShouldBeAnswered(0, "ACCEPTED");
    }
}
