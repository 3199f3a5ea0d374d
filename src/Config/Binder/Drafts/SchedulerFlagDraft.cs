using Director.Config.Text;

namespace Director.Config.Binder;

/// <summary>A flag of the scheduler where it is written, and the scheduler that it is for; null if it is for any.</summary>
internal readonly record struct SchedulerFlagDraft(Word Word, SchedulerFlagsConfig Flag, string? Scheduler);
