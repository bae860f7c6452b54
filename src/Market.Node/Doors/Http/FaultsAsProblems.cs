using Microsoft.AspNetCore.Connections;

namespace Market.Node.Doors.Http;

/// <summary>Whatever goes wrong in a handler is a problem for its caller and nobody else; what is inside stays inside.</summary>
public sealed class FaultsAsProblems(RequestDelegate next, ILogger<FaultsAsProblems> logger)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (Exception gone) when (http.RequestAborted.IsCancellationRequested || gone is ConnectionResetException)
        {
            logger.LogDebug(gone, "The caller left");
        }
        catch (Exception wrong) when (!http.Response.HasStarted)
        {
            http.Response.Clear();
            SafetyHeaders.Add(http.Response.Headers); // they were cleared too
            await ProblemOf(wrong).SendAsync(http);
        }
    }

    private Problem ProblemOf(Exception wrong)
    {
        switch (wrong)
        {
            case UnansweredException unanswered:
                return Problem.Of(unanswered.Failure);
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } tooLarge:
                return new Problem(tooLarge.StatusCode, "MALFORMED", 10, "The body is too large.");
            case BadHttpRequestException bad:
                return new Problem(bad.StatusCode, "MALFORMED", 10, bad.Message);
            default:
                logger.LogError(wrong, "A request failed");
                return new Problem(StatusCodes.Status500InternalServerError, "FAULT", null, "The node failed to answer this; it has written down why.");
        }
    }
}
